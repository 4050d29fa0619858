# SPDX-License-Identifier: GPL-3.0-or-later
# A toolchain: 64-bit Windows from Linux, by mingw-w64 with the thread model that std::thread takes. The libraries come from
# packaging/windows/dependencies; programs run under wine, and take no DLL along.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
set(CMAKE_CROSSCOMPILING_EMULATOR wine)

if(DEFINED ENV{VISGATE_WINDOWS_LIBRARIES})
    set(libraries $ENV{VISGATE_WINDOWS_LIBRARIES})
else()
    set(libraries ${CMAKE_CURRENT_LIST_DIR}/../build/windows-libraries)
endif()
set(CMAKE_FIND_ROOT_PATH ${libraries} /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# Headers that no package of ours looks for: Boost, tl::expected.
include_directories(SYSTEM ${libraries}/include)

set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")
set(OPENSSL_USE_STATIC_LIBS ON)
set(ZLIB_USE_STATIC_LIBS ON)
