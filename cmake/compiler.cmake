# One set of flags for every preset. Warnings are errors; the library's assertions stay on.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    message(FATAL_ERROR "Lango is built with clang 19 (Debian package clang-19): g++ 12 miscompiles common coroutine shapes")
endif()

find_program(CCACHE ccache)
if(CCACHE)
    # What one checkout compiled serves another one elsewhere.
    set(CMAKE_C_COMPILER_LAUNCHER env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_C_COMPILER_LAUNCHER})
endif()

add_link_options(-fuse-ld=lld-19)
add_compile_definitions(_GLIBCXX_ASSERTIONS)
set(LANGO_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Werror)

set(LANGO_SANITIZERS "" CACHE STRING "address,undefined or thread")
set(LANGO_TEST_ENVIRONMENT "")
if(LANGO_SANITIZERS)
    add_compile_options(-fsanitize=${LANGO_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${LANGO_SANITIZERS})
    # Debian gives the tool a version number that the runtimes do not look for.
    find_program(LLVM_SYMBOLIZER llvm-symbolizer-19)
    if(LLVM_SYMBOLIZER)
        set(symbolizer ":external_symbolizer_path=${LLVM_SYMBOLIZER}")
    endif()
    list(APPEND LANGO_TEST_ENVIRONMENT
        "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1${symbolizer}"
        "UBSAN_OPTIONS=print_stacktrace=1${symbolizer}"
        "TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1${symbolizer}")
endif()

option(LANGO_COVERAGE "source-based coverage" OFF)
if(LANGO_COVERAGE)
    add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
    add_link_options(-fprofile-instr-generate)
    list(APPEND LANGO_TEST_ENVIRONMENT "LLVM_PROFILE_FILE=${CMAKE_BINARY_DIR}/profiles/%p-%m.profraw")
endif()

option(LANGO_HARDENED "hardening for what is installed" OFF)
if(LANGO_HARDENED)
    # No path of the machine that built it stays in the program, in debug information or elsewhere.
    add_compile_options(-fPIE -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE
        -D_FORTIFY_SOURCE=3 -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
        add_compile_options(-fcf-protection=full)
    elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64")
        add_compile_options(-mbranch-protection=standard)
    endif()
    add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code)
else()
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()
