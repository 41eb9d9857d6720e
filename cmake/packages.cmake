# The Debian packages, one a component of cmake/install.cmake; `scripts/packages` makes them. docs/packages.md.
if(NOT TONGKA_PACKAGES)
  return()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tongka)
# Each package says itself what it is; CPack would put the project's own line before it.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_PACKAGE_CONTACT "Tongka <tongka@localhost>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL tongka library development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(version ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

# tongka_package(COMPONENT name section "first line" "rest of the description")
macro(tongka_package component name section summary text)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${name})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section})
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${summary}\n${text}")
  install(FILES ${CMAKE_BINARY_DIR}/generated/copyright DESTINATION share/doc/${name} COMPONENT ${component})
  install(FILES ${CMAKE_BINARY_DIR}/generated/changelog.gz DESTINATION share/doc/${name} COMPONENT ${component})
endmacro()

file(WRITE ${CMAKE_BINARY_DIR}/generated/copyright
  "Tongka\nCopyright 2026 the authors of Tongka\nLicence: Apache-2.0\nOn Debian systems its text is in /usr/share/common-licenses/Apache-2.0.\n")
file(WRITE ${CMAKE_BINARY_DIR}/generated/changelog
  "tongka (${PROJECT_VERSION}) bookworm; urgency=medium\n\n  * See docs/ for what this version does.\n\n"
  " -- ${CPACK_PACKAGE_CONTACT}  Tue, 24 Nov 2026 00:00:00 +0000\n")
execute_process(COMMAND gzip -9nf ${CMAKE_BINARY_DIR}/generated/changelog)

tongka_package(tongka tongka utils "Conformance tests and simulators for China's city union cards"
  "Runs the cases for CJ/T 304, CJ/T 333 and GB/T 31778 on cards, PSAMs,\nreaders, terminals and clearing files, over PC/SC or on virtual devices,\nand writes a record and reports.")
set(CPACK_DEBIAN_TONGKA_PACKAGE_RECOMMENDS "pcscd, vsmartcard-vpcd, bash-completion")
set(CPACK_DEBIAN_TONGKA_PACKAGE_SUGGESTS "softhsm2, pcsc-tools, python3-tongka")

tongka_package(library libtongka${version} libs "Simulated city union cards, PSAMs and their tests: the library"
  "What the command tongka is made of, for programs in C++.")
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY "=")

tongka_package(development libtongka-dev libdevel "Simulated city union cards, PSAMs and their tests: headers"
  "Headers, and the CMake package Tongka with the target Tongka::tongka.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libtongka${version} (= ${PROJECT_VERSION}), libexpected-dev, nlohmann-json3-dev, libbotan-2-dev, libssl-dev, libp11-kit-dev, libyaml-cpp-dev, pkg-config")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)

if(TONGKA_PYTHON)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  math(EXPR next_minor "${Python3_VERSION_MINOR} + 1")
  list(APPEND CPACK_COMPONENTS_ALL python)
  tongka_package(python python3-tongka python "Conformance tests and simulators for city union cards: Python"
    "Devices, commands, keys, runs with their verdicts, cases in Python,\nand a plugin of pytest.")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS
    "tongka (= ${PROJECT_VERSION}), python3 (>= ${Python3_VERSION_MAJOR}.${Python3_VERSION_MINOR}), python3 (<< ${Python3_VERSION_MAJOR}.${next_minor})")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_CONTROL_EXTRA
    "${PROJECT_SOURCE_DIR}/cmake/debian/postinst;${PROJECT_SOURCE_DIR}/cmake/debian/prerm")
endif()

include(CPack)
