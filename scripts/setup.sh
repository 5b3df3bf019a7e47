#!/usr/bin/env bash
# Installs what a build of slb needs and a Debian 12 machine lacks.
#
#   scripts/setup.sh [--compiler-only] [--build-only]
#
# Debian packages come through apt-get, LibTorch into .venv, with
# scripts/requirements.txt saying which. --compiler-only leaves LibTorch out,
# --build-only what only tests need: emulators, cross compilers, GoogleTest.
# Where everything is there already this takes less than a second.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages=(
  clang-22 g++ cmake ninja-build ccache git    # compilers, build
  libmlir-22-dev mlir-22-tools                 # MLIR
  llvm-22-dev llvm-22-tools                    # LLVM, lit, FileCheck
  libfmt-dev zlib1g-dev libzstd-dev            # libraries
)
test_packages=(
  libgtest-dev libclang-rt-22-dev              # unit tests, sanitizers
  clang-format-22                              # format check
  cppcheck                                     # MISRA C
  qemu-system-arm qemu-user                    # tests on other cores
  gcc-arm-none-eabi libnewlib-arm-none-eabi
  gcc-aarch64-linux-gnu libc6-dev-arm64-cross
  gcc-riscv64-linux-gnu libc6-dev-riscv64-cross gcc-riscv64-unknown-elf
)
torch=yes tests=yes
for argument in "$@"; do
  case $argument in
    --compiler-only) torch=no ;;
    --build-only) tests=no ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit ;;
    *) echo "setup.sh: unknown argument '$argument'" >&2; exit 2 ;;
  esac
done
[ $torch = no ] || packages+=(python3-venv)
[ $tests = no ] || packages+=("${test_packages[@]}")

install_packages() {
  if ! command -v dpkg-query apt-get >/dev/null; then
    echo "setup.sh: no apt-get here: install these Debian packages' equals by" \
         "hand, then configure with cmake: ${packages[*]}" >&2
    exit 1
  fi
  local missing
  mapfile -t missing < <(comm -23 <(printf '%s\n' "${packages[@]}" | sort) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" \
        2>/dev/null | sed -n 's/^installed //p' | sort))
  [ ${#missing[@]} -gt 0 ] || return 0

  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "setup.sh: not root, and no sudo here; as root run:" >&2
      echo "  apt-get install ${missing[*]}" >&2
      exit 1
    fi
    root=(sudo)
  fi
  echo "setup.sh: installing ${missing[*]}"
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends "${missing[@]}" >/dev/null
}

# .venv/torch is where the default preset looks for LibTorch. A link that
# somebody made there by hand, outside of a virtual environment, is left alone.
install_torch() {
  local stamp=.venv/requirements.sha256
  if [ ! -e .venv/pyvenv.cfg ] && [ -e .venv/torch/lib/libtorch_cpu.so ]; then
    return 0
  fi
  if [ -e $stamp ] && sha256sum --check --status $stamp; then
    return 0
  fi
  echo "setup.sh: installing LibTorch into .venv (570 MB to download)"
  rm -rf .venv
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check --no-cache-dir \
    --no-deps --require-hashes --only-binary :all: -r scripts/requirements.txt
  ln -s "$(cd .venv && echo lib/python3*/site-packages/torch)" .venv/torch
  sha256sum scripts/requirements.txt >$stamp
}

install_packages
[ $torch = no ] || install_torch
