# SPDX-License-Identifier: GPL-3.0-or-later
# The compiler settings every target shares, and the two ways to declare one.
include_guard()
include(GNUInstallDirs)
find_package(Threads REQUIRED)

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# One target, autogen, makes what moc makes and nothing else: all that static analysis needs before it can read a source.
set(CMAKE_GLOBAL_AUTOGEN_TARGET ON)
set(CMAKE_AUTOGEN_ORIGIN_DEPENDS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

add_library(visgate_build INTERFACE)
target_compile_features(visgate_build INTERFACE cxx_std_20)
target_include_directories(visgate_build INTERFACE ${PROJECT_SOURCE_DIR})
# For those who write and check the code; what users build has to get through compilers that nobody here has seen.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    option(VISGATE_STRICT "Warnings are errors" OFF)
else()
    option(VISGATE_STRICT "Warnings are errors" ON)
endif()
if(MSVC)
    target_compile_options(visgate_build INTERFACE /W4 /permissive- /utf-8 $<$<BOOL:${VISGATE_STRICT}>:/WX>)
else()
    target_compile_options(visgate_build INTERFACE
        -Wall -Wextra -Wconversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor $<$<BOOL:${VISGATE_STRICT}>:-Werror>
        -fno-omit-frame-pointer)
endif()
if(WIN32)
    # Windows 10's interfaces, without those that nobody here wants, and without min and max as macros.
    target_compile_definitions(visgate_build INTERFACE _WIN32_WINNT=0x0A00 WIN32_LEAN_AND_MEAN NOMINMAX UNICODE _UNICODE)
    target_link_libraries(visgate_build INTERFACE ws2_32 mswsock shell32)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # It collects its garbage from 400 MB on instead of 128: a twelfth of its time.
    target_compile_options(visgate_build INTERFACE "SHELL:--param ggc-min-heapsize=400000")
endif()
if(CMAKE_UNITY_BUILD)
    # What ./test and users' builds take: eight sources of a target compiled as one, which read their headers once. Names in
    # anonymous namespaces are therefore unique in a target. The other presets compile each source alone.
    set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # It takes a source's own types for a header's.
        target_compile_options(visgate_build INTERFACE -Wno-subobject-linkage)
    endif()
endif()
target_compile_definitions(visgate_build INTERFACE
    $<$<NOT:$<CONFIG:Release>>:_GLIBCXX_ASSERTIONS>
    VISGATE_VERSION="${PROJECT_VERSION}"
    SPDLOG_FMT_EXTERNAL)
# TSan and libFuzzer builds use their own build folders; see CMakePresets.json.
if(VISGATE_SANITIZE STREQUAL "address")
    # It is the product that UBSan and the optimiser are for: without them the tests' own sources take half the time.
    set(tests_own $<BOOL:$<TARGET_PROPERTY:VISGATE_TESTS_OWN>>)
    target_compile_options(visgate_build INTERFACE -fsanitize=address
        $<IF:${tests_own},-O0,-fsanitize=undefined>
        $<$<NOT:${tests_own}>:-fno-sanitize-recover=undefined>)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # What the sanitizers add makes GCC see uninitialised values that are none; the release build warns of real ones.
        target_compile_options(visgate_build INTERFACE -Wno-maybe-uninitialized)
    endif()
    target_link_options(visgate_build INTERFACE -fsanitize=address,undefined)
elseif(VISGATE_SANITIZE STREQUAL "thread")
    target_compile_options(visgate_build INTERFACE -fsanitize=thread)
    # The thread sanitizer does not understand fences; Asio's queue locks a mutex anyway.
    target_compile_definitions(visgate_build INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
    target_link_options(visgate_build INTERFACE -fsanitize=thread)
endif()
if(VISGATE_FUZZERS)
    target_compile_options(visgate_build INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    find_program(VISGATE_MOLD mold)
    if(VISGATE_MOLD AND NOT CMAKE_BUILD_TYPE STREQUAL "Release")
        target_link_options(visgate_build INTERFACE -fuse-ld=mold)
    endif()
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT MSVC)
    target_compile_options(visgate_build INTERFACE -fstack-protector-strong -D_FORTIFY_SOURCE=2)
    if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
        target_link_options(visgate_build INTERFACE -Wl,-z,relro,-z,now) # of ELF and its linkers alone
    endif()
endif()

# Qt's strict rules, for every target that uses Qt.
add_library(visgate_qt INTERFACE)
target_link_libraries(visgate_qt INTERFACE visgate_build)
target_compile_definitions(visgate_qt INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS QT_STRICT_ITERATORS)

# The folders in platform/ that are other systems'. posix is what Linux and macOS share.
if(WIN32)
    set(visgate_foreign "posix|linux|macos")
elseif(APPLE)
    set(visgate_foreign "linux|windows")
else()
    set(visgate_foreign "macos|windows")
endif()

# visgate_library(NAME visgate_x SOURCES ... [QT] [LINKS ...]): one static library a folder; LINKS are public. SOURCES names
# those of every system; what lies in another system's platform folder is left out.
function(visgate_library)
    cmake_parse_arguments(A "QT" "NAME" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    list(FILTER A_SOURCES EXCLUDE REGEX "(^|/)platform/(${visgate_foreign})/")
    add_library(${A_NAME} STATIC ${A_SOURCES})
    if(A_QT)
        target_link_libraries(${A_NAME} PUBLIC visgate_qt Qt6::Core)
        set_target_properties(${A_NAME} PROPERTIES AUTOMOC ON)
    else()
        target_link_libraries(${A_NAME} PUBLIC visgate_build)
    endif()
    target_link_libraries(${A_NAME} PUBLIC ${A_LINKS} PRIVATE ${A_PRIVATE_LINKS})
    if(VISGATE_QUICK AND A_QT AND A_NAME MATCHES "^visgate_ui_")
        visgate_quicken(${A_NAME} widgets)
    elseif(VISGATE_QUICK AND A_QT)
        visgate_quicken(${A_NAME} qt)
    elseif(VISGATE_QUICK AND A_NAME MATCHES "^visgate_(practice|worker)$")
        visgate_quicken(${A_NAME} json)
    endif()
endfunction()

# VISGATE_QUICK: the headers that most sources include are compiled once for each kind of library. The builds of the
# linters, of the fuzzers and core-only go without, so that an include that is missing does not stay hidden.
set(visgate_quick_qt <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <string> <utility> <vector>
    <tl/expected.hpp> <QCoroFuture> <QCoroTask> <QCoreApplication> <QFile> <QFuture> <QHash> <QJsonArray> <QJsonDocument>
    <QJsonObject> <QList> <QMap> <QPromise> <QString> <QStringList> <QTimer> <QUrl>)
set(visgate_quick_widgets <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <string> <utility> <vector>
    <tl/expected.hpp> <QBoxLayout> <QComboBox> <QCoreApplication> <QFuture> <QGridLayout> <QJsonArray> <QJsonObject>
    <QLabel> <QLineEdit> <QList> <QListView> <QPainter> <QPlainTextEdit> <QPushButton> <QScrollBar> <QString>
    <QTimer> <QWidget>)
set(visgate_quick_json <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <string> <utility> <vector>
    "${PROJECT_SOURCE_DIR}/core/foundation/json/json_value.h")
set(visgate_quick_tests <gmock/gmock.h> <gtest/gtest.h> <algorithm> <chrono> <functional> <memory> <optional> <string>
    <vector>)
set(visgate_quick_qt_tests ${visgate_quick_tests} ${visgate_quick_qt} <QTemporaryDir>)
set(visgate_quick_json_links visgate_build nlohmann_json::nlohmann_json)
set(visgate_quick_qt_links visgate_qt Qt6::Core QCoro6::Core)
set(visgate_quick_widgets_links visgate_qt Qt6::Widgets)
set(visgate_quick_qt_tests_links ${visgate_quick_qt_links} GTest::gmock)

# visgate_quicken(TARGET KIND): all targets of a kind share what is compiled for the first.
function(visgate_quicken target kind)
    set(shared visgate_quick_${kind}_headers)
    if(NOT TARGET ${shared})
        file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${shared}.cpp CONTENT "")
        add_library(${shared} OBJECT ${CMAKE_BINARY_DIR}/${shared}.cpp)
        target_link_libraries(${shared} PRIVATE ${visgate_quick_${kind}_links})
        target_precompile_headers(${shared} PRIVATE ${visgate_quick_${kind}})
        get_target_property(tests_own ${target} VISGATE_TESTS_OWN)
        set_target_properties(${shared} PROPERTIES VISGATE_TESTS_OWN "${tests_own}")
    endif()
    target_precompile_headers(${target} REUSE_FROM ${shared})
endfunction()

# visgate_tests_own(TARGET): what it is made of is no part of the product.
function(visgate_tests_own target)
    set_target_properties(${target} PROPERTIES VISGATE_TESTS_OWN ON)
    if(VISGATE_QUICK AND VISGATE_QT)
        visgate_quicken(${target} qt_tests)
    endif()
endfunction()

# visgate_test(LABEL unit SOURCES ... LINKS ...): appends to the one executable of that label.
# Environment that only ./test knows (display, keyring) is not needed to build it.
function(visgate_test)
    cmake_parse_arguments(A "QT;GUI" "LABEL" "SOURCES;LINKS" ${ARGN})
    set(target ${A_LABEL}_tests)
    if(NOT TARGET ${target})
        add_executable(${target})
        target_link_libraries(${target} PRIVATE visgate_test_support GTest::gmock)
        set_property(GLOBAL APPEND PROPERTY VISGATE_TEST_TARGETS ${target})
        visgate_tests_own(${target})
        if(VISGATE_QUICK AND NOT VISGATE_QT)
            target_precompile_headers(${target} PRIVATE ${visgate_quick_tests})
        endif()
    endif()
    list(FILTER A_SOURCES EXCLUDE REGEX "(^|/)platform/(${visgate_foreign})/")
    foreach(source ${A_SOURCES})
        target_sources(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${source})
    endforeach()
    target_link_libraries(${target} PRIVATE ${A_LINKS})
    if(A_QT OR A_GUI)
        set_target_properties(${target} PROPERTIES AUTOMOC ON)
    endif()
endfunction()

# visgate_fuzzer(NAME sse SOURCES ... LINKS ...): the libFuzzer program fuzz_sse of the fuzz preset; its first inputs lie in
# tests/fuzz/corpus/sse. ./test --group fuzz runs every one of them.
function(visgate_fuzzer)
    cmake_parse_arguments(A "" "NAME" "SOURCES;LINKS" ${ARGN})
    if(NOT VISGATE_FUZZERS)
        return()
    endif()
    if(NOT TARGET fuzzers)
        add_custom_target(fuzzers)
    endif()
    add_executable(fuzz_${A_NAME} ${A_SOURCES})
    target_link_libraries(fuzz_${A_NAME} PRIVATE visgate_build ${A_LINKS})
    target_link_options(fuzz_${A_NAME} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzzers fuzz_${A_NAME})
endfunction()
