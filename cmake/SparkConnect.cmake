# Target pyrite::spark_connect: C++ messages and services of the Spark Connect protocol, generated
# from the descriptors that the installed client carries.
find_package(PkgConfig REQUIRED)
pkg_check_modules(GRPC REQUIRED IMPORTED_TARGET grpc++ protobuf)
find_program(PROTOC protoc REQUIRED)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)

set(proto_dir "${CMAKE_BINARY_DIR}/proto")
set(descriptors "${proto_dir}/spark_connect.desc")
set(proto_names base catalog commands common expressions ml ml_common pipelines relations types)
set(generated "")
set(proto_files "")
foreach(name IN LISTS proto_names)
  list(APPEND proto_files "spark/connect/${name}.proto")
  list(APPEND generated "${proto_dir}/spark/connect/${name}.pb.cc")
endforeach()
list(APPEND generated "${proto_dir}/spark/connect/base.grpc.pb.cc")

file(MAKE_DIRECTORY "${proto_dir}")
add_custom_command(
  OUTPUT "${descriptors}"
  COMMAND "${Python_EXECUTABLE}" "${CMAKE_SOURCE_DIR}/cmake/connect_descriptors.py" "${descriptors}"
  DEPENDS "${CMAKE_SOURCE_DIR}/cmake/connect_descriptors.py"
  COMMENT "Reading the Spark Connect descriptors of the installed client" VERBATIM)
add_custom_command(
  OUTPUT ${generated}
  COMMAND "${PROTOC}" --descriptor_set_in=${descriptors} --cpp_out=${proto_dir} --grpc_out=${proto_dir}
          --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN} ${proto_files}
  DEPENDS "${descriptors}" COMMENT "Generating the Spark Connect messages" VERBATIM)

add_library(pyrite_spark_connect STATIC ${generated})
add_library(pyrite::spark_connect ALIAS pyrite_spark_connect)
target_include_directories(pyrite_spark_connect SYSTEM PUBLIC "${proto_dir}")
target_compile_options(pyrite_spark_connect PRIVATE -w)
target_link_libraries(pyrite_spark_connect PUBLIC PkgConfig::GRPC)
