// The native module of the Python package.
#include <nanobind/nanobind.h>

NB_MODULE(_native, module) { module.attr("__version__") = "0.1.0"; }
