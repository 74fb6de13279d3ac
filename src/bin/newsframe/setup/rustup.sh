#!/bin/sh
# The kernel asks rustup for the compiler and for cargo.
case "$*" in
*which\ rustc) echo "$RUSTC" ;;
*which\ cargo) echo "@HERE@/bin/cargo" ;;
*) exit 1 ;;
esac
