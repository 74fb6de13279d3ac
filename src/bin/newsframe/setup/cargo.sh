#!/bin/sh
# Stands in for cargo in a notebook's kernel, which asks cargo to build every cell and to describe what it is built from.
#
# A cell depends on nothing but the library, and that is already built: so the compiler is called straight away, and the
# description is a file. This saves a second build of Polars, and in each cell the time in which cargo looks over some
# two hundred packages. A notebook that asks for more crates (`:dep`) gets the real cargo.
here=@HERE@
[ "$1" = --offline ] && shift

only_the_library() {
    [ -z "$(sed -n '/^\[dependencies\]/,$p' Cargo.toml | grep -v -e '^\[dependencies\]' -e '^newsframe = ' -e '^ *$')" ]
}

if [ -f Cargo.toml ] && only_the_library; then
    case "$*" in
    build*)
        mkdir -p target && printf %s "$PWD/target/libctx.so" >"$EVCXR_EXECUTION_SO_PATH"
        set -- "@$here/rustc.args" "-Copt-level=$(sed -n "s/^opt-level = //p" Cargo.toml)" --emit=link -o target/libctx.so
        # The kernel gives up showing a table as a table when the cell ends in an expression with a `?`, and prints its
        # debug form. Where the value can be shown, it is.
        debug='evcxr_send_text_plain(&format!("{:?}",&('
        if grep -qF "$debug" src/lib.rs; then
            sed 's/evcxr_send_text_plain(&format!("{:?}",&(/newsframe::notebook::Show::evcxr_display((\&(/' src/lib.rs >src/shown.rs
            "$RUSTC" src/shown.rs "$@" 2>/dev/null && exit
        fi
        exec "$RUSTC" src/lib.rs "$@"
        ;;
    check*)
        mkdir -p target
        exec "$RUSTC" src/lib.rs "@$here/rustc.args" --emit=metadata -o target/libctx.rmeta
        ;;
    metadata*) exec sed "s|@ROOT@|$PWD|g" "$here/metadata.json" ;;
    locate-project*) exec echo "{\"root\":\"$PWD/Cargo.toml\"}" ;;
    rustc*--print\ cfg*) exec cat "$here/cfg.txt" ;;
    *--version) exec cat "$here/version.txt" ;;
    *config\ get* | *target-spec-json*) exit 1 ;; # settings of the project's own cargo, and sizes of types: not needed
    clean*) exit 0 ;;
    esac
fi

[ -f Cargo.lock ] || cp "@PROJECT@/Cargo.lock" . 2>/dev/null
if [ -n "$NEWSFRAME_CARGO_HOME" ]; then export CARGO_HOME="$NEWSFRAME_CARGO_HOME"; else unset CARGO_HOME; fi
exec "@CARGO@" "$@"
