//! Giving memory back to the machine. Small servers are to carry this, and a peak that stays is a peak for ever.
//!
//! The allocator itself is chosen by the binary. In a program that chose another, these change nothing.

/// mimalloc's option `mi_option_purge_delay`, which the bindings do not name.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

/// Has the allocator give back what was freed after 10 milliseconds. The second that it waits by itself is often longer than
/// anything happens, and what starting takes (the document, the migrations) would stay: 20 of 60 MB. To be called before there
/// are threads.
#[allow(unsafe_code)]
pub fn give_back_soon() {
    // SAFETY: sets a number in a table of the allocator; no other thread runs yet.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 10) }
}

/// Gives back at once what this thread has freed: after work that took much and that nothing may follow, because the allocator
/// looks at the time only when it is asked for memory.
#[allow(unsafe_code)]
pub fn give_back() {
    // SAFETY: looks after the memory of this thread and of those that ended; any thread may call it at any time.
    unsafe { libmimalloc_sys::mi_collect(true) }
}
