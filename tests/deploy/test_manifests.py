"""The manifests of deploy/, without a cluster: fields that Kubernetes and KubeRay need, and what must fit together."""
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python"))

from pyrite import _settings, _worker  # noqa: E402

VERSIONS = {"Secret": "v1", "Service": "v1", "Deployment": "apps/v1", "RayCluster": "ray.io/v1"}


def read(name):
    """{(kind, name): object}"""
    found = list(yaml.safe_load_all((ROOT / "deploy" / name).read_text()))
    return {(one["kind"], one["metadata"]["name"]): one for one in found}


PLAIN, RAY = read("kubernetes.yaml"), read("kuberay.yaml")
OBJECTS = [*PLAIN.values(), *RAY.values()]


def pods():
    """(what has it, its pod template)"""
    for (kind, name), one in PLAIN.items():
        if kind == "Deployment":
            yield name, one["spec"]["template"]
    spec = RAY["RayCluster", "pyrite"]["spec"]
    for group in (spec["headGroupSpec"], *spec["workerGroupSpecs"]):
        yield group.get("groupName", "head"), group["template"]


PODS = dict(pods())


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: f"{one['kind']} {one['metadata']['name']}")
def test_objects(one):
    assert one["apiVersion"] == VERSIONS[one["kind"]]
    if one["kind"] == "Deployment":
        assert one["spec"]["selector"]["matchLabels"] == one["spec"]["template"]["metadata"]["labels"]
        assert one["spec"]["replicas"] >= 1
    if one["kind"] == "Service":
        assert one["spec"]["selector"]
        assert all(1 <= port["port"] <= 65535 for port in one["spec"]["ports"])


@pytest.mark.parametrize("name", PODS)
def test_pods(name):
    spec = PODS[name]["spec"]
    volumes = {volume["name"] for volume in spec["volumes"]}
    (container,) = spec["containers"]
    assert "FILL-IN" in container["image"]
    assert {mount["name"] for mount in container["volumeMounts"]} == volumes
    assert container["resources"]["requests"]["memory"] == container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("service", [one for one in PLAIN.values() if one["kind"] == "Service"], ids=lambda one: one["metadata"]["name"])
def test_services_have_pods(service):
    (pod,) = [pod for _, pod in pods() if pod.get("metadata", {}).get("labels") == service["spec"]["selector"]]
    ports = {port["containerPort"] for port in pod["spec"]["containers"][0]["ports"]}
    assert {port["port"] for port in service["spec"]["ports"]} <= ports


def container_of(deployment):
    return PLAIN["Deployment", deployment]["spec"]["template"]["spec"]["containers"][0]


@pytest.mark.parametrize("deployment", ["pyrite-worker", "pyrite-server"])
def test_commands_and_variables_are_pyrites(deployment):
    container = container_of(deployment)
    names = {variable["name"] for variable in container["env"]}
    assert names - {"POD_IP"} <= {"PYRITE_" + name.upper() for name in _settings.SETTINGS}
    program, command, *arguments = container["command"]
    assert (program, command) == ("pyrite", deployment.removeprefix("pyrite-"))
    if command == "worker":
        _, arguments = _worker.take_flags(arguments)
    assert _settings.take_flags(arguments)[1] == []
    for variable in container["env"]:
        if source := variable.get("valueFrom", {}).get("secretKeyRef"):
            assert source["key"] in PLAIN["Secret", source["name"]]["stringData"]


def test_the_server_finds_the_workers():
    variables = {variable["name"]: variable for variable in container_of("pyrite-server")["env"]}
    scheme, _, place = variables["PYRITE_CLUSTER"]["value"].partition("://")
    name, port = _worker.address(place)
    service = PLAIN["Service", name]["spec"]
    assert scheme == "flight+dns" and service["clusterIP"] == "None"
    assert port == service["ports"][0]["port"]
    assert container_of("pyrite-worker")["command"][-1] == f"$(POD_IP):{port}"
    assert variables["PYRITE_CLUSTER_HOST"]["valueFrom"]["fieldRef"]["fieldPath"] == "status.podIP"


def test_the_ray_cluster():
    spec = RAY["RayCluster", "pyrite"]["spec"]
    extra = (ROOT / "pyproject.toml").read_text()
    assert f'"ray[default]=={spec["rayVersion"]}"' in extra
    for group in spec["workerGroupSpecs"]:
        assert group["minReplicas"] <= group["replicas"] <= group["maxReplicas"]
    selector = RAY["Service", "pyrite-ray"]["spec"]["selector"]
    assert selector == {"ray.io/cluster": "pyrite", "ray.io/node-type": "head"}
