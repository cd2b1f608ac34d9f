//! Placeholder of the component until its kinds are written.
