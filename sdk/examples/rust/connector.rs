//! A whole connector in Rust, without a crate: what the ABI asks for, and nothing else. `no_std`, so that it needs
//! no library but libc, and no panic hook that would write to stderr.
//!
//! Its made-up vendor takes lines of "phone TAB name" and answers 201 with "stored N".
#![no_std]
#![allow(non_camel_case_types)]

use core::ffi::{c_char, c_int, c_void};
use core::ptr::{null, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering};

#[link(name = "c")]
extern "C" {
    fn abort() -> !;
}

#[panic_handler]
fn on_panic(_: &core::panic::PanicInfo) -> ! {
    unsafe { abort() }
}

// ---- abi.h, as far as this connector uses it; host functions that it never calls are plain pointers ----

#[repr(C)]
#[derive(Clone, Copy)]
struct Str {
    data: *const c_char,
    size: usize,
}

const ABSENT: Str = Str { data: null(), size: 0 };

fn text(content: &'static str) -> Str {
    Str { data: content.as_ptr().cast(), size: content.len() }
}

#[repr(C)]
struct Header {
    name: Str,
    value: Str,
}

#[repr(C)]
struct Batch {
    struct_size: u32,
    n_rows: u32,
    n_columns: u32,
    n_fields: u32,
    columns: *const Str,
    cells: *const Str,
    row_ids: *const Str,
}

#[repr(C)]
struct Step {
    struct_size: u32,
    op: u32,
    step: u32,
    attempt: u32,
    now_ms: i64,
    state: Str,
    chain_id: Str,
}

#[repr(C)]
struct Response {
    struct_size: u32,
    http_status: u32,
    transport: u32,
    n_headers: u32,
    headers: *const Header,
    body: Str,
    tag: u64,
    elapsed_ms: i64,
}

#[repr(C)]
struct Request {
    struct_size: u32,
    replay: u32,
    first: u32,
    count: u32,
    method: Str,
    path: Str,
    auth: Str,
    bucket: Str,
    headers: *const Header,
    n_headers: u32,
    reserved0: u32,
    body: Str,
    tag: u64,
}

#[repr(C)]
struct Outcome {
    struct_size: u32,
    row: u32,
    result: u32,
    reserved0: u32,
    vendor_id: Str,
    code: Str,
    field: Str,
    message: Str,
}

#[repr(C)]
struct Directive {
    struct_size: u32,
    kind: u32,
    reason: u32,
    reserved0: u32,
    delay_ms: u64,
    state: Str,
    code: Str,
    message: Str,
}

#[repr(C)]
pub struct Host {
    struct_size: u32,
    abi_minor: u32,
    name: Str,
    version: Str,
    log_enabled: *const c_void,
    log: *const c_void,
    scratch: *const c_void,
    cancelled: *const c_void,
    fail: *const c_void,
    put_request: extern "C" fn(*mut c_void, *const Request) -> c_int,
    put_body: extern "C" fn(*mut c_void, Str) -> c_int,
    put_outcome: extern "C" fn(*mut c_void, *const Outcome) -> c_int,
    put_directive: extern "C" fn(*mut c_void, *const Directive) -> c_int,
    put_item: *const c_void,
    put_response: *const c_void,
    extension: *const c_void,
}

#[repr(C)]
pub struct Plugin {
    struct_size: u32,
    abi_minor: u32,
    min_host_minor: u32,
    flags: u32,
    manifest: Str,
    open: extern "C" fn(*mut c_void, Str, *mut *const c_void) -> c_int,
    close: extern "C" fn(*const c_void),
    encode: extern "C" fn(*mut c_void, *const c_void, *const Batch, *const Step) -> c_int,
    decode: extern "C" fn(*mut c_void, *const c_void, *const Batch, *const Step, *const Response) -> c_int,
    extension: extern "C" fn(Str) -> *const c_void,
}

unsafe impl Sync for Plugin {} // its pointers are to constants

const OK: c_int = 0;
const UNSUPPORTED: c_int = -6;
const IMPORT: u32 = 0;
const CREATED: u32 = 2;
const REFUSED: u32 = 1;
const PERMISSION: u32 = 2;
const QUOTA: u32 = 3;
const DONE: u32 = 1;
const RETRY: u32 = 4;
const THROTTLE: u32 = 5;
const SPLIT: u32 = 6;
const SHRINK: u32 = 7;
const REAUTH: u32 = 8;
const IN_DOUBT: u32 = 9;
const ABORT: u32 = 10;

// ---- The connector ----

static MANIFEST: &[u8] = include_bytes!("connector.json");
static HOST: AtomicPtr<Host> = AtomicPtr::new(null_mut());

/// The host's table: static for the life of the process, and set before anything else is called.
fn host() -> &'static Host {
    unsafe { &*HOST.load(Ordering::Acquire) }
}

extern "C" fn open(_: *mut c_void, _settings: Str, out: *mut *const c_void) -> c_int {
    unsafe { *out = MANIFEST.as_ptr().cast() }; // no settings: any address will do for a session
    OK
}

extern "C" fn close(_: *const c_void) {}

extern "C" fn encode(call: *mut c_void, _: *const c_void, batch: *const Batch, step: *const Step) -> c_int {
    let (batch, step) = unsafe { (&*batch, &*step) };
    if step.op != IMPORT {
        return UNSUPPORTED;
    }
    let content_type = Header { name: text("Content-Type"), value: text("text/plain; charset=utf-8") };
    let request = Request {
        struct_size: core::mem::size_of::<Request>() as u32,
        replay: 0, // unsafe: sent twice, the vendor would store it twice
        first: 0,
        count: batch.n_rows,
        method: text("POST"),
        path: text("/lines"),
        auth: ABSENT,
        bucket: ABSENT,
        headers: &content_type,
        n_headers: 1,
        reserved0: 0,
        body: ABSENT,
        tag: 0,
    };
    let mut status = (host().put_request)(call, &request);
    for row in 0..batch.n_rows as usize {
        let cells = unsafe { batch.cells.add(row * batch.n_columns as usize) };
        let (phone, name) = unsafe { (*cells, *cells.add(1)) };
        for piece in [phone, text("\t"), name, text("\n")] {
            if status == OK && !piece.data.is_null() {
                status = (host().put_body)(call, piece);
            }
        }
    }
    status
}

fn finish(call: *mut c_void, kind: u32, reason: u32, code: &'static str, message: &'static str) -> c_int {
    finish_after(call, 0, kind, reason, code, message)
}

fn finish_after(call: *mut c_void, delay_ms: u64, kind: u32, reason: u32, code: &'static str, message: &'static str) -> c_int {
    let directive = Directive {
        struct_size: core::mem::size_of::<Directive>() as u32,
        kind,
        reason,
        reserved0: 0,
        delay_ms,
        state: ABSENT,
        code: text(code),
        message: text(message),
    };
    (host().put_directive)(call, &directive)
}

fn bytes(text: &Str) -> &[u8] {
    if text.data.is_null() {
        return &[];
    }
    unsafe { core::slice::from_raw_parts(text.data.cast(), text.size) }
}

/// Days since 1970 of a day of the Gregorian calendar, month 1 to 12.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    // A year that begins with March.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719_469
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", the form that vendors send today, as milliseconds since 1970.
fn date_ms(value: &[u8]) -> Option<i64> {
    let form = b"www, 00 www 0000 00:00:00 GMT";
    let months = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let (mut number, mut field, mut month) = ([0i64; 5], 0, 0i64);
    if value.len() != form.len() {
        return None;
    }
    for (i, (&here, &shape)) in value.iter().zip(form.iter()).enumerate() {
        if (shape == b'0') != here.is_ascii_digit() || (shape != b'0' && shape != b'w' && shape != here) {
            return None;
        }
        if shape == b'0' {
            let digits = number.get_mut(field)?;
            *digits = *digits * 10 + i64::from(here - b'0');
            field += usize::from(form.get(i + 1) != Some(&b'0'));
        }
    }
    for (i, name) in months.chunks_exact(3).enumerate() {
        if value.get(8..11) == Some(name) {
            month = i as i64 + 1;
        }
    }
    let [day, year, hour, minute, second] = number;
    if month == 0 {
        return None;
    }
    Some((((days_of(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000)
}

/// Retry-After, in seconds or as a date, as milliseconds from now; 0, the host's own back-off, where it cannot be read.
fn retry_after_ms(response: &Response, now_ms: i64) -> u64 {
    for i in 0..response.n_headers as usize {
        let header = unsafe { &*response.headers.add(i) };
        let value = bytes(&header.value);
        if bytes(&header.name) != b"retry-after" || value.is_empty() {
            continue; // names come in lower case
        }
        if value.len() <= 6 && value.iter().all(u8::is_ascii_digit) {
            return value.iter().fold(0u64, |seconds, digit| seconds * 10 + u64::from(digit - b'0')) * 1000;
        }
        return date_ms(value).map_or(0, |then| u64::try_from(then - now_ms).unwrap_or(0));
    }
    0
}

/// Whether the body is "stored N" with exactly this N.
fn says_stored(body: &[u8], rows: u32) -> bool {
    let Some(digits) = body.strip_prefix(b"stored ") else { return false };
    if digits.is_empty() || digits.len() > 9 || (digits.len() > 1 && digits[0] == b'0') {
        return false;
    }
    let mut number = 0u32;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return false;
        }
        number = number * 10 + u32::from(digit - b'0');
    }
    number == rows
}

extern "C" fn decode(
    call: *mut c_void,
    _: *const c_void,
    batch: *const Batch,
    step: *const Step,
    response: *const Response,
) -> c_int {
    let (batch, step, response) = unsafe { (&*batch, &*step, &*response) };
    if step.op != IMPORT {
        return UNSUPPORTED;
    }
    match response.http_status {
        0 if response.transport == REFUSED => return finish(call, RETRY, 0, "refused", "no connection"),
        401 => return finish(call, REAUTH, 0, "credential", "the key was not accepted"),
        402 => return finish(call, ABORT, QUOTA, "quota", "the account has used up its quota"),
        403 => return finish(call, ABORT, PERMISSION, "permission", "the key may not do this"),
        413 => return finish(call, SHRINK, 0, "too_large", "the body is too large"),
        429 => return finish_after(call, retry_after_ms(response, step.now_ms), THROTTLE, 0, "rate_limited", "too many requests"),
        408 => {}
        400..=499 => return finish(call, SPLIT, 0, "refused", "a line was refused"),
        _ => {}
    }
    let body = bytes(&response.body);
    // No answer, a server error, or a 200 from somebody else: the lines may be there. Never claim success here.
    if response.http_status != 201 || !says_stored(body, batch.n_rows) {
        return finish(call, IN_DOUBT, 0, "no_proof", "the answer does not say that the lines were stored");
    }
    for row in 0..batch.n_rows {
        let outcome = Outcome {
            struct_size: core::mem::size_of::<Outcome>() as u32,
            row,
            result: CREATED,
            reserved0: 0,
            vendor_id: ABSENT,
            code: ABSENT,
            field: ABSENT,
            message: ABSENT,
        };
        let status = (host().put_outcome)(call, &outcome);
        if status != OK {
            return status;
        }
    }
    finish(call, DONE, 0, "", "")
}

extern "C" fn extension(_: Str) -> *const c_void {
    null()
}

static PLUGIN: Plugin = Plugin {
    struct_size: core::mem::size_of::<Plugin>() as u32,
    abi_minor: 0,
    min_host_minor: 0,
    flags: 0,
    manifest: Str { data: MANIFEST.as_ptr() as *const c_char, size: MANIFEST.len() },
    open,
    close,
    encode,
    decode,
    extension,
};

#[no_mangle]
pub extern "C" fn swb_entry_v1(given: *const Host) -> *const Plugin {
    // Host has the members of minor 0 only, so its size is the least one.
    if given.is_null() || unsafe { (*given).struct_size } < core::mem::size_of::<Host>() as u32 {
        return null();
    }
    HOST.store(given.cast_mut(), Ordering::Release);
    &PLUGIN
}

/// The ELF note that names the library without running it (switchboard/note.h).
#[repr(C)]
pub struct Note {
    name_size: u32,
    desc_size: u32,
    kind: u32,
    name: [u8; 12],
    abi: [u32; 4],
    id_and_version: [u8; 20],
}

#[used]
#[link_section = ".note.switchboard"]
pub static NOTE: Note = Note {
    name_size: 12,
    desc_size: 16 + 17,
    kind: 1,
    name: *b"Switchboard\0",
    abi: [1, 0, 0, 0],
    id_and_version: *b"ferrisline\x001.0.0\0\0\0\0",
};
