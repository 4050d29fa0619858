# SPDX-License-Identifier: GPL-3.0-or-later
# A toolchain: the newest clang here that can link its own sanitizers (they are a package of their own), whatever version the
# distribution has; else the newest.
if(NOT DEFINED CACHE{VISGATE_CLANG})
    foreach(version RANGE 60 14 -1)
        list(APPEND names clang-${version})
    endforeach()
    foreach(name IN LISTS names ITEMS clang)
        find_program(candidate ${name} NO_CACHE)
        if(candidate)
            list(APPEND candidates ${candidate})
            execute_process(COMMAND ${CMAKE_COMMAND} -E echo "int main(void) { return 0; }"
                COMMAND ${candidate} -fsanitize=address -x c - -o /dev/null
                RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
            if(result EQUAL 0)
                list(PREPEND candidates ${candidate})
                break()
            endif()
        endif()
        unset(candidate)
    endforeach()
    list(POP_FRONT candidates newest)
    if(NOT newest)
        message(FATAL_ERROR "This preset takes clang, and none is installed: packaging/packages/debian-test.txt names it.")
    endif()
    set(VISGATE_CLANG ${newest} CACHE FILEPATH "The compiler of the presets that take clang")
endif()
string(REGEX REPLACE "clang(-[0-9]+)?$" "clang++\\1" clangxx ${VISGATE_CLANG})
set(CMAKE_C_COMPILER ${VISGATE_CLANG})
set(CMAKE_CXX_COMPILER ${clangxx})
# What CMake tries out in projects of its own reads this file again.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES VISGATE_CLANG)
