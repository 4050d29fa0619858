# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced by run, test and bench: brings the packages of the named lists, and nothing when they are all there.
# Stand in the root of the repository. Exit code 3 means: something is missing and may not be installed from here.

readonly EXIT_NOT_ALLOWED=3
readonly LOCK_PATIENCE_SECONDS=${VISGATE_LOCK_PATIENCE_SECONDS:-1800}
readonly LOCK_LOOK_SECONDS=${VISGATE_LOCK_LOOK_SECONDS:-5}

# The lines of packaging/packages/NAME.txt, without comments. `a | b` means that either will do, `a | -` that a system which
# has no package of that name needs none.
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

# apt-get as root, shown first. While another package manager is at work, as it is by itself in the first minutes of a fresh
# system, this says so and waits.
apt_get() {
    local -a command=(env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get "$@")
    [ "$(id -u)" -eq 0 ] || command=(sudo -n "${command[@]}")
    echo "+ apt-get $*" >&2
    local complaint status waits=0 deadline=$((SECONDS + LOCK_PATIENCE_SECONDS))
    while true; do
        status=0
        complaint=$({ "${command[@]}" 2>&1 >&3 </dev/null; } 3>&2) || status=$?
        case $complaint in
        *"Could not get lock"* | *"Unable to acquire the dpkg frontend lock"* | *"Unable to lock "*) ;;
        *) deadline=0 ;;
        esac
        if [ "$status" -eq 0 ] || [ "$SECONDS" -ge "$deadline" ]; then
            [ -z "$complaint" ] || printf '%s\n' "$complaint" >&2
            return "$status"
        fi
        if [ "$waits" -eq 0 ]; then
            printf '%s\n' "$complaint" >&2
            echo "Another program is installing packages; a fresh system does so by itself at first. Waiting for it ..." >&2
        fi
        waits=$((waits + 1))
        sleep "$LOCK_LOOK_SECONDS"
    done
}

# Whether apt could install it, by the lists that it has now.
debian_has() {
    [[ $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[!\(]* ]]
}

# The lines of which no alternative is installed.
debian_missing() {
    local -A installed=()
    local line name
    while IFS= read -r name; do
        installed[$name]=yes
    done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null | sed -n 's/ installed$//p')
    while IFS= read -r line; do
        for name in ${line//|/ }; do
            if [ -n "${installed[$name]:-}" ]; then continue 2; fi
        done
        if [[ $line == *"| -" ]] && ! debian_has "${line%% *}"; then continue; fi
        echo "$line"
    done < <(packages_in "$@")
}

# For each line read, the first alternative that this distribution has; the first of all where it has none.
debian_choice() {
    local line name
    while IFS= read -r line; do
        for name in ${line//|/ }; do
            if debian_has "$name"; then
                echo "$name"
                continue 2
            fi
        done
        echo "${line%%[ |]*}"
    done
}

install_debian() {
    local -a missing chosen lists=()
    local list
    for list in "$@"; do lists+=("debian-$list"); done
    mapfile -t missing < <(debian_missing "${lists[@]}")
    if [ "${#missing[@]}" -gt 0 ]; then
        mapfile -t chosen < <(printf '%s\n' "${missing[@]}" | debian_choice)
        allowed_or_exit apt-get install --no-install-recommends "${chosen[@]}"
        apt_get update --quiet
        # Once more, of what is there now.
        mapfile -t missing < <(debian_missing "${lists[@]}")
        mapfile -t chosen < <(printf '%s\n' "${missing[@]}" | debian_choice)
        apt_get install --yes --no-install-recommends "${chosen[@]}"
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

# Whether what needs.txt's second column names is here.
is_here() {
    local folder
    case $1 in
    command:*) command -v "${1#*:}" >/dev/null ;;
    pc:*) command -v pkg-config >/dev/null && pkg-config --exists "${1#*:}" ;;
    cmake:*)
        for folder in {/usr,/usr/local}/{lib,lib64,lib/*,share}/cmake/"${1#*:}"{,-[0-9]*}; do
            if [ -d "$folder" ]; then return 0; fi
        done
        return 1
        ;;
    esac
}

# A system this script does not install on: says what is missing, each with the name it has there, where that is known.
ask_for_missing() {
    local what looked rpm arch line=
    local -a missing=() names=()
    while IFS='|' read -r what looked rpm arch; do
        read -r what <<<"$what"
        read -r looked <<<"$looked"
        read -r rpm <<<"$rpm"
        read -r arch <<<"$arch"
        case $what in "" | "#"*) continue ;; esac
        is_here "$looked" && continue
        missing+=("$what")
        if command -v dnf >/dev/null || command -v zypper >/dev/null; then
            names+=("'$rpm'")
        elif command -v pacman >/dev/null; then
            names+=("$arch")
        fi
    done <packaging/packages/needs.txt
    if [ "${#missing[@]}" -eq 0 ]; then return 0; fi
    echo "Visgate does not install packages on this system. It lacks:" >&2
    printf '    %s\n' "${missing[@]}" >&2
    if command -v dnf >/dev/null; then
        line="dnf install"
    elif command -v zypper >/dev/null; then
        line="zypper install"
    elif command -v pacman >/dev/null; then
        line="pacman -S --needed"
    fi
    if [ -n "$line" ]; then
        printf 'Run this line, then try again:\n    sudo %s %s\n' "$line" "${names[*]}" >&2
    else
        echo "Install them, with the headers of the libraries, then try again." >&2
    fi
    exit "$EXIT_NOT_ALLOWED"
}

# install_packages LIST...: build, test, lint, cross or bench; on Debian and its relatives the lists debian-LIST.txt.
install_packages() {
    if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
        install_debian "$@"
    elif [ "$(uname -s)" = Darwin ]; then
        install_brew
    else
        ask_for_missing
    fi
}
