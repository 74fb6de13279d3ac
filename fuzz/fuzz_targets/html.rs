#![no_main]
#![allow(dead_code, reason = "the other targets' properties")]

#[path = "../reading.rs"]
mod reading;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reading::html(bytes));
