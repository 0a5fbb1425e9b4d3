# Warnings, sanitizers, and the two tools that make a rebuild quick when they are present.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# -Wrestrict: g++ 12 warns of std::string operations that are right.
add_compile_options(-Wall -Wextra -Werror=switch -Werror=return-type -Wno-unused-parameter
                    -Wno-missing-field-initializers -Wno-restrict)
if(PYRITE_SANITIZE)
  add_compile_options(-fsanitize=${PYRITE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize=vptr)
  add_link_options(-fsanitize=${PYRITE_SANITIZE} -fno-sanitize=vptr)
endif()
