# lango_library(NAME SOURCES ... DEPS ...)     static library lango_NAME, alias lango::NAME
# lango_executable(NAME SOURCES ... DEPS ...)  in bin/
# lango_test(NAME SOURCES ... DEPS ... [LABELS ...])  one GoogleTest program, one ctest entry; it
#     carries its folder's name as a label besides those given. Labels with a meaning:
#     concurrent  runs under the thread sanitizer too
#     system      needs the whole programs: bin/lango and bin/lango-simulator

# What ./test builds for a label: every test that carries it.
add_custom_target(tests_concurrent)
add_custom_target(tests_system)

# The sources of a target are compiled together (cmake/unity.py), generated ones alone. TARGET_each has
# them one by one, for clang-tidy and for who builds one file.
option(LANGO_UNITY "compile several sources together" OFF)
set(LANGO_TOGETHER 16 CACHE STRING "of which so many at most")
set(LANGO_TESTS_TOGETHER 8 CACHE STRING "and of a test's, which are longer")
find_program(PYTHON3 python3 REQUIRED)

function(lango_together target at_most out)
    set(sources)
    set(alone)
    foreach(source IN LISTS ARGN)
        cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
        cmake_path(IS_PREFIX CMAKE_BINARY_DIR ${source} generated)
        if(generated OR NOT source MATCHES "[.]cpp$")
            list(APPEND alone ${source})
        else()
            cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
            list(APPEND sources ${source})
        endif()
    endforeach()
    execute_process(
        COMMAND ${PYTHON3} ${CMAKE_SOURCE_DIR}/cmake/unity.py ${CMAKE_SOURCE_DIR}
                ${CMAKE_BINARY_DIR}/together/${target} ${at_most} ${sources}
        OUTPUT_VARIABLE together COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "[^\n]+" together "${together}")
    set(${out} ${together} ${alone} PARENT_SCOPE)
endfunction()

function(lango_target_setup target)
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
    target_compile_options(${target} PRIVATE ${LANGO_WARNINGS})
endfunction()

function(lango_target_sources target at_most sources deps)
    lango_target_setup(${target})
    list(LENGTH sources count)
    if(LANGO_UNITY AND count GREATER 1)
        lango_together(${target} ${at_most} together ${sources})
        target_sources(${target} PRIVATE ${together})
        add_library(${target}_each OBJECT EXCLUDE_FROM_ALL ${sources})
        lango_target_setup(${target}_each)
        target_link_libraries(${target}_each PRIVATE ${deps})
    else()
        target_sources(${target} PRIVATE ${sources})
    endif()
endfunction()

function(lango_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    add_library(lango_${name} STATIC)
    add_library(lango::${name} ALIAS lango_${name})
    lango_target_sources(lango_${name} ${LANGO_TOGETHER} "${ARG_SOURCES}" "${ARG_DEPS}")
    target_link_libraries(lango_${name} PUBLIC ${ARG_DEPS})
    # For who looks for something in all of src/.
    set(src ${CMAKE_SOURCE_DIR}/src)
    cmake_path(IS_PREFIX src ${CMAKE_CURRENT_SOURCE_DIR} in_src)
    foreach(source IN LISTS ARG_SOURCES)
        cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
        cmake_path(IS_PREFIX CMAKE_BINARY_DIR ${source} generated)
        if(in_src AND NOT generated)
            set_property(GLOBAL APPEND PROPERTY LANGO_SOURCES ${source})
        endif()
    endforeach()
    if(in_src)
        set_property(GLOBAL APPEND PROPERTY LANGO_LIBRARIES ${name})
    endif()
endfunction()

function(lango_executable name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
    add_executable(${name})
    lango_target_sources(${name} ${LANGO_TOGETHER} "${ARG_SOURCES}" "${ARG_DEPS}")
    target_link_libraries(${name} PRIVATE ${ARG_DEPS})
endfunction()

function(lango_test name)
    if(NOT LANGO_TESTS)
        return()
    endif()
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABELS" ${ARGN})
    add_executable(${name}_test)
    lango_target_sources(${name}_test ${LANGO_TESTS_TOGETHER} "${ARG_SOURCES}" "${ARG_DEPS};dep::gtest")
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
