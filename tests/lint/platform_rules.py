# SPDX-License-Identifier: GPL-3.0-or-later
"""What only one system or one family of systems has stands in platform/ folders: its headers, calls and types."""
import re

# Tests of whole programs as they are on Linux, with its signals, limits and users. Shrinks; nothing is added here.
LINUX_TESTS = {
    "tests/bench/engine_bench.cpp",
    "tests/chaos/asleep_test.cpp",
    "tests/chaos/engine_host.cpp",
    "tests/chaos/host_runs.cpp",
    "tests/engine/cli_forgotten_key_test.cpp",
    "tests/engine/cli_other_user_test.cpp",
    "tests/engine/cli_surroundings_test.cpp",
    "tests/engine/refusals_test.cpp",
    "tests/support/cli_harness.cpp",
    "tests/support/private_keyring.cpp",
    "tests/unit/base/thread_end_test.cpp",
    "tests/unit/secrets/secrets_test.cpp",
    "tests/unit/store/store_test.cpp",
}

_HEADERS = re.compile(
    # POSIX, and what Linux and macOS add
    r"(csignal|signal\.h|unistd\.h|pthread\.h|sched\.h|semaphore\.h|poll\.h|fcntl\.h|dlfcn\.h|spawn\.h|pwd\.h|grp\.h|termios\.h|"
    r"syslog\.h|dirent\.h|ifaddrs\.h|netdb\.h|glob\.h|fnmatch\.h|ftw\.h|utime\.h|langinfo\.h|strings\.h|libproc\.h|"
    r"(sys|netinet|arpa|linux|mach|mach-o|net|Cocoa|AppKit|Foundation)/.*|"
    # Windows
    r"(windows|winsock2|ws2tcpip|shlobj|shellapi|sddl|aclapi|wincrypt|io|process|direct)\.h)")
# Calls of functions, not of members that have such a name, and not their declarations.
_CALLS = re.compile(
    r"(?<![\w.])(?<!->)(?<!void )(?:std::|::)?(gmtime_r|localtime_r|timegm|setenv|unsetenv|putenv|sigaction|sigprocmask|"
    r"pthread_\w+|fork|vfork|exec[lv]p?e?|posix_spawnp?|waitpid|pipe2?(?=\([^)])|dup2|mkstemp|mkdtemp|strerror_r|readlink|realpath|"
    r"usleep|nanosleep|getpid|getppid|getuid|geteuid|setuid|isatty|chmod|umask|chown|lstat|fsync|ftruncate|pread|pwrite|mmap|"
    r"munmap|sysconf|getrlimit|setrlimit|prctl|_exit|popen|pclose|fileno|signal(?=\([^)])|kill(?=\([^)]))\(")
_TYPES = re.compile(r"\b(sockaddr_un|SIG[A-Z]{2,}|ssize_t|pid_t|uid_t|HANDLE|DWORD)\b|\bnative_handle\(")


def check(name, text, code):
    """What is wrong with a source: `code` is `text` without comments and strings."""
    if "/platform/" in name or name in LINUX_TESTS:
        return
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r"\s*#\s*include\s*<([^>]+)>", line)
        if match and _HEADERS.fullmatch(match.group(1)):
            yield number, "platform", f"{match.group(1)} belongs in a platform/ folder"
    for number, line in enumerate(code.splitlines(), 1):
        for pattern in (_CALLS, _TYPES):
            if match := pattern.search(line):
                yield number, "platform", f"{match.group(0).strip('(')} belongs in a platform/ folder"
