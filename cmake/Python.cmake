# The interpreter whose site-packages hold DuckDB, Arrow, nanobind and the Spark Connect client.
if(NOT Python_EXECUTABLE AND EXISTS "${CMAKE_SOURCE_DIR}/.venv/bin/python")
  set(Python_EXECUTABLE "${CMAKE_SOURCE_DIR}/.venv/bin/python")
endif()
find_package(Python 3.11 REQUIRED COMPONENTS Interpreter Development.Module)
execute_process(
  COMMAND "${Python_EXECUTABLE}" -c "import sysconfig; print(sysconfig.get_path('platlib'), end='')"
  OUTPUT_VARIABLE PYRITE_SITE_PACKAGES COMMAND_ERROR_IS_FATAL ANY)
