# lango_library(NAME SOURCES ... DEPS ...)     static library lango_NAME, alias lango::NAME
# lango_executable(NAME SOURCES ... DEPS ...)  in bin/
# lango_test(NAME SOURCES ... DEPS ... [LABELS ...])  one GoogleTest program, one ctest entry; it
#     carries its folder's name as a label besides those given. Labels with a meaning:
#     concurrent  runs under the thread sanitizer too
#     system      needs the whole programs: bin/lango and bin/lango-simulator

# What ./test builds for a label: every test that carries it.
add_custom_target(tests_concurrent)
add_custom_target(tests_system)

function(lango_target_setup target)
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
    target_compile_options(${target} PRIVATE ${LANGO_WARNINGS})
endfunction()

function(lango_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    add_library(lango_${name} STATIC ${ARG_SOURCES})
    add_library(lango::${name} ALIAS lango_${name})
    lango_target_setup(lango_${name})
    target_link_libraries(lango_${name} PUBLIC ${ARG_DEPS})
endfunction()

function(lango_executable name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    lango_target_setup(${name})
    target_link_libraries(${name} PRIVATE ${ARG_DEPS})
endfunction()

function(lango_test name)
    if(NOT LANGO_TESTS)
        return()
    endif()
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABELS" ${ARGN})
    add_executable(${name}_test ${ARG_SOURCES})
    lango_target_setup(${name}_test)
    # A test's own code is not worth optimising: its expectations take the compiler twice as long.
    if(NOT LANGO_HARDENED)
        target_compile_options(${name}_test PRIVATE -O0)
    endif()
    target_link_libraries(${name}_test PRIVATE ${ARG_DEPS} dep::gtest)
    add_test(NAME ${name} COMMAND ${name}_test --gtest_brief=1)
    cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
    set_tests_properties(${name} PROPERTIES
        TIMEOUT 600
        LABELS "${folder};${ARG_LABELS}"
        ENVIRONMENT "LANGO_SOURCE_DIR=${CMAKE_SOURCE_DIR};LANGO_BIN_DIR=${CMAKE_BINARY_DIR}/bin;${LANGO_TEST_ENVIRONMENT}")
    foreach(label IN LISTS ARG_LABELS)
        if(TARGET tests_${label})
            add_dependencies(tests_${label} ${name}_test)
        endif()
    endforeach()
endfunction()
