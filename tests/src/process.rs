//! The real binary as a process of its own, to be killed.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// `satupintu` as cargo built it for this test run.
#[must_use]
pub fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("own path");
    // target/<profile>/deps/<test> → target/<profile>/satupintu
    let binary = test
        .parent()
        .and_then(Path::parent)
        .expect("target folder")
        .join("satupintu");
    assert!(
        binary.is_file(),
        "{} is missing: run cargo build first",
        binary.display()
    );
    binary
}

/// A running service with its own embedded database.
#[derive(Debug)]
pub struct ServiceProcess {
    child: Child,
    /// Where it is, without a slash at the end.
    pub url: String,
}

impl ServiceProcess {
    /// Starts it on a data folder and waits until it serves.
    #[must_use]
    pub fn start(data_dir: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(binary())
            .args([
                "serve",
                "--addr=127.0.0.1:0",
                "--rate-per-account=1000000",
                "--data-dir",
            ])
            .arg(data_dir)
            .args(arguments)
            .env_remove("DATABASE_URL")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the service starts");
        let mut lines = BufReader::new(child.stdout.take().expect("output")).lines();
        let url = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("Satu Pintu: ").map(str::to_owned))
            .expect("the service says where it is");
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, url }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().expect("kill");
        self.child.wait().expect("wait");
    }

    /// SIGTERM, and waits for the end.
    pub fn terminate(mut self) -> std::process::ExitStatus {
        let pid = nix::unistd::Pid::from_raw(i32::try_from(self.child.id()).expect("pid"));
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).expect("signal");
        self.child.wait().expect("wait")
    }
}

impl Drop for ServiceProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Process id of the embedded server of a data folder.
#[must_use]
pub fn postmaster_pid(data_dir: &Path) -> Option<i32> {
    let file = std::fs::read_to_string(data_dir.join("postgres/data/postmaster.pid")).ok()?;
    file.lines().next()?.trim().parse().ok()
}
