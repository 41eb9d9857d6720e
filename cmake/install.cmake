# What `cmake --install` puts where; a component is a Debian package (cmake/packages.cmake). Why one shared library:
# docs/decisions/0015.
include(GNUInstallDirs)

install(TARGETS tongka COMPONENT tongka)
install(DIRECTORY testcases/catalogue testcases/cases testcases/clearing testcases/procedures testcases/profiles
  testcases/proforma testcases/schema
  DESTINATION ${CMAKE_INSTALL_DATADIR}/tongka/testcases COMPONENT tongka)
install(FILES cli/describe/tongka.bash RENAME tongka
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT tongka)
install(FILES README.md README.zh.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT tongka)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs COMPONENT tongka FILES_MATCHING PATTERN *.md)

if(NOT TONGKA_PACKAGES)
  return()
endif()

# The manual page is written by the command itself.
find_program(GZIP gzip REQUIRED)
set(manual ${CMAKE_BINARY_DIR}/generated/tongka.1.gz)
add_custom_command(OUTPUT ${manual} DEPENDS tongka VERBATIM
  COMMAND sh -c "\"$1\" manual | \"$2\" -9n >\"$3\"" sh $<TARGET_FILE:tongka> ${GZIP} ${manual})
add_custom_target(tongka_manual ALL DEPENDS ${manual})
install(FILES ${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT tongka)

# One shared library of all rooms but the command's own.
get_property(parts GLOBAL PROPERTY TONGKA_LIBRARIES)
add_library(tongka_shared SHARED)
foreach(part ${parts})
  get_target_property(folder ${part} SOURCE_DIR)
  if(NOT folder MATCHES "^${PROJECT_SOURCE_DIR}/cli")
    target_sources(tongka_shared PRIVATE $<TARGET_OBJECTS:${part}>)
    target_link_libraries(tongka_shared PRIVATE ${part})
  endif()
endforeach()
set_target_properties(tongka_shared PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME tongka EXPORT_NAME tongka
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
target_link_options(tongka_shared PRIVATE -Wl,--as-needed)
target_compile_features(tongka_shared INTERFACE cxx_std_20)
target_include_directories(tongka_shared INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/tongka>)
target_link_libraries(tongka_shared INTERFACE tl::expected PkgConfig::BOTAN PkgConfig::P11KIT)
install(TARGETS tongka_shared EXPORT tongka
  LIBRARY COMPONENT library NAMELINK_COMPONENT development)

set(config ${CMAKE_INSTALL_LIBDIR}/cmake/Tongka)
install(EXPORT tongka NAMESPACE Tongka:: FILE TongkaTargets.cmake DESTINATION ${config} COMPONENT development)
include(CMakePackageConfigHelpers)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/generated/TongkaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES cmake/TongkaConfig.cmake ${CMAKE_BINARY_DIR}/generated/TongkaConfigVersion.cmake
  DESTINATION ${config} COMPONENT development)
install(DIRECTORY core simulator harness reports evidence DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tongka COMPONENT development
  FILES_MATCHING PATTERN *.hpp PATTERN tests EXCLUDE)
install(FILES ${CMAKE_BINARY_DIR}/generated/core/version.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tongka/core COMPONENT development)

# The Python package, with what pip would write of it: pytest finds the plugin by its entry point.
if(TONGKA_PYTHON)
  set(dist_packages lib/python3/dist-packages)
  install(TARGETS tongka_python LIBRARY DESTINATION ${dist_packages}/tongka COMPONENT python)
  install(DIRECTORY python/tongka DESTINATION ${dist_packages} COMPONENT python
    FILES_MATCHING PATTERN *.py PATTERN *.pyi PATTERN py.typed PATTERN __pycache__ EXCLUDE)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/dist-info/METADATA @ONLY CONTENT
    "Metadata-Version: 2.1\nName: tongka\nVersion: @PROJECT_VERSION@\nSummary: @PROJECT_DESCRIPTION@\n")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/dist-info/entry_points.txt @ONLY CONTENT
    "[pytest11]\ntongka = tongka.pytest_plugin\n")
  install(DIRECTORY ${CMAKE_BINARY_DIR}/generated/dist-info/
    DESTINATION ${dist_packages}/tongka-${PROJECT_VERSION}.dist-info COMPONENT python)
endif()
