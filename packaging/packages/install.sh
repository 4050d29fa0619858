# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced by run, test and bench: brings the packages of the named lists, and nothing when they are all there.
# Stand in the root of the repository. Exit code 3 means: something is missing and may not be installed from here.

readonly EXIT_NOT_ALLOWED=3

# The names in packaging/packages/NAME.txt, without comments.
packages_in() {
    local list
    for list in "$@"; do
        sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "packaging/packages/$list.txt"
    done | sort -u
}

# Ends with the line to run by hand, where this user is neither root nor may become root without being asked.
allowed_or_exit() {
    if [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
        echo "Packages are missing, and installing them needs administrator rights. Run this line, then try again:" >&2
        echo "    sudo $*" >&2
        exit "$EXIT_NOT_ALLOWED"
    fi
}

# Shows a system command, then runs it.
run_as_root() {
    if [ "$(id -u)" -ne 0 ]; then
        set -- sudo -n "$@"
    fi
    echo "+ $*" >&2
    "$@" >&2 </dev/null
}

debian_missing() {
    local installed
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null | sed -n 's/ installed$//p' | sort -u)
    comm -23 <(packages_in "$@") <(printf '%s\n' "$installed")
}

install_debian() {
    local -a missing lists=()
    local list
    for list in "$@"; do lists+=("debian-$list"); done
    mapfile -t missing < <(debian_missing "${lists[@]}")
    if [ "${#missing[@]}" -gt 0 ]; then
        allowed_or_exit apt-get install --no-install-recommends "${missing[@]}"
        run_as_root apt-get update --quiet
        run_as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
    fi
}

install_brew() {
    local -a missing=()
    local formula
    if ! command -v brew >/dev/null; then
        echo "Homebrew is missing. Install it from its own site, then try again. Visgate needs these formulas:" >&2
        packages_in brew | sed 's/^/    /' >&2
        exit "$EXIT_NOT_ALLOWED"
    fi
    while IFS= read -r formula; do missing+=("$formula"); done < <(comm -23 <(packages_in brew) <(brew list --formula -1 | sort -u))
    if [ "${#missing[@]}" -gt 0 ]; then
        echo "+ brew install ${missing[*]}" >&2
        brew install "${missing[@]}" >&2
    fi
}

# install_packages LIST...: build, test, lint or bench; on Debian and its relatives the lists debian-LIST.txt.
install_packages() {
    if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
        install_debian "$@"
    elif [ "$(uname -s)" = Darwin ]; then
        install_brew
    elif ! command -v cmake >/dev/null || ! command -v ninja >/dev/null; then
        echo "This system has neither apt nor brew. Install what these Debian packages hold, then try again:" >&2
        packages_in debian-build | sed 's/^/    /' >&2
        exit "$EXIT_NOT_ALLOWED"
    fi
}
