# The interpreter whose site-packages hold DuckDB, Arrow, nanobind and the Spark Connect client.
if(NOT Python_EXECUTABLE AND EXISTS "${CMAKE_SOURCE_DIR}/.venv/bin/python")
  set(Python_EXECUTABLE "${CMAKE_SOURCE_DIR}/.venv/bin/python")
endif()
find_package(Python 3.11 REQUIRED COMPONENTS Interpreter Development.Module)
# Where the wheels of DuckDB and Arrow are unpacked. Under `pip install` that is not the interpreter's own folder.
execute_process(
  COMMAND "${Python_EXECUTABLE}" -c
          "import importlib.util as u, os; print(os.path.dirname(u.find_spec('_duckdb').origin), end='')"
  OUTPUT_VARIABLE PYRITE_SITE_PACKAGES COMMAND_ERROR_IS_FATAL ANY)
set(CMAKE_BUILD_RPATH "${PYRITE_SITE_PACKAGES}" "${PYRITE_SITE_PACKAGES}/pyarrow")
