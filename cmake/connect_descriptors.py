"""Writes the protocol descriptors that the installed Spark Connect client carries.

usage: connect_descriptors.py OUTPUT   (a serialized google.protobuf.FileDescriptorSet)
"""
import importlib
import pathlib
import sys

from google.protobuf import descriptor_pb2
from importlib.util import find_spec


def collect(descriptor, found):
    """Adds `descriptor` after everything it depends on: protoc wants that order."""
    if descriptor.name in found:
        return
    for dependency in descriptor.dependencies:
        collect(dependency, found)
    proto = descriptor_pb2.FileDescriptorProto()
    descriptor.CopyToProto(proto)
    found[descriptor.name] = proto


def main(output):
    # Only the generated modules are loaded: importing pyspark itself would need pandas and grpc.
    package = pathlib.Path(find_spec("pyspark").submodule_search_locations[0]) / "sql/connect/proto"
    modules = sorted(package.glob("*_pb2.py"))
    if not modules:
        sys.exit(f"no *_pb2.py in {package}: install pyspark-client")
    found = {}
    for module in modules:
        name = f"pyspark.sql.connect.proto.{module.stem}"
        collect(importlib.import_module(name).DESCRIPTOR, found)
    files = descriptor_pb2.FileDescriptorSet(file=found.values())
    pathlib.Path(output).write_bytes(files.SerializeToString())


if __name__ == "__main__":
    main(sys.argv[1])
