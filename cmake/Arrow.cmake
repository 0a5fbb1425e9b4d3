# Targets pyrite::arrow and pyrite::parquet: Arrow C++ and Parquet as the pyarrow wheel ships them.
set(pyarrow "${PYRITE_SITE_PACKAGES}/pyarrow")
add_library(pyrite_arrow INTERFACE)
add_library(pyrite::arrow ALIAS pyrite_arrow)
target_include_directories(pyrite_arrow SYSTEM INTERFACE "${pyarrow}/include")
file(GLOB arrow_library "${pyarrow}/libarrow.so.*")
if(NOT arrow_library)
  message(FATAL_ERROR "No libarrow.so in ${pyarrow}: install pyarrow there (tools/setup)")
endif()
target_link_libraries(pyrite_arrow INTERFACE "${arrow_library}")

# Loads in 2 ms once libarrow is there: linked, not opened on demand.
add_library(pyrite_parquet INTERFACE)
add_library(pyrite::parquet ALIAS pyrite_parquet)
file(GLOB parquet_library "${pyarrow}/libparquet.so.*")
target_link_libraries(pyrite_parquet INTERFACE pyrite_arrow "${parquet_library}")
# libparquet exports the OpenSSL that it carries inside. The system's libcrypto, which gRPC uses, must
# come before it in the order in which the dynamic linker looks names up, or it would call into that copy.
find_library(PYRITE_LIBCRYPTO NAMES crypto REQUIRED)
target_link_options(pyrite_parquet INTERFACE "-Wl,--push-state,--no-as-needed" "${PYRITE_LIBCRYPTO}"
                    "-Wl,--pop-state")

# Exports Arrow's and OpenTelemetry's names only: the gRPC, protobuf and OpenSSL inside it meet no others.
add_library(pyrite_arrow_flight INTERFACE)
add_library(pyrite::arrow_flight ALIAS pyrite_arrow_flight)
file(GLOB arrow_flight_library "${pyarrow}/libarrow_flight.so.*")
target_link_libraries(pyrite_arrow_flight INTERFACE pyrite_arrow "${arrow_flight_library}")
