set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Paths below the sources count as relative: any clone and any build folder share the cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(TONGKA_WERROR)
  add_compile_options(-Werror)
endif()
if(TONGKA_SANITIZE)
  add_compile_options(-fsanitize=${TONGKA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TONGKA_SANITIZE})
endif()
if(TONGKA_FUZZ)
  # Coverage counters everywhere; the fuzz programs alone bring libFuzzer's main.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Where programs find the test cases, if they do not lie beside them: the sources, unless they are packed.
include(GNUInstallDirs)
set(TONGKA_HOME ${PROJECT_SOURCE_DIR})
if(TONGKA_PACKAGES)
  set(TONGKA_HOME ${CMAKE_INSTALL_FULL_DATADIR}/tongka)
endif()
