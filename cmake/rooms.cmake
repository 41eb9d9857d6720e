# A room is a top-level folder. Headers are included from the root ("core/hex.hpp"), but a target sees only the rooms
# it links: each room has an include folder in the build tree that holds one link, to that room. A header that reaches
# the wrong way is not found, and the build fails (cmake/tests holds this).
function(tongka_room_includes room result)
  set(include_dir ${CMAKE_BINARY_DIR}/rooms/${room})
  file(MAKE_DIRECTORY ${include_dir})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${room} ${include_dir}/${room} SYMBOLIC)
  set(${result} ${include_dir} PARENT_SCOPE)
endfunction()

function(tongka_target_room target scope)
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REGEX REPLACE "/.*" "" room ${folder})
  tongka_room_includes(${room} include_dir)
  target_include_directories(${target} ${scope} ${include_dir})
endfunction()

# tongka_library(NAME SOURCES a.cpp… [PUBLIC libs…] [PRIVATE libs…])
function(tongka_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  tongka_target_room(${name} PUBLIC)
  target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# tongka_test(NAME SOURCES a.cpp… LINKS libs…): a GoogleTest program, each of its tests known to CTest.
function(tongka_test name)
  if(NOT TONGKA_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  tongka_target_room(${name} PRIVATE)
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE TONGKA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST TEST_PREFIX "${name}:" PROPERTIES TIMEOUT 120)
endfunction()
