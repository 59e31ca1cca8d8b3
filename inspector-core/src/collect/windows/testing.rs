//! For tests: a running Windows that answers what it is told to. No real one can run in a unit test; the tests that use Wine ask a real one.

use inzage_windows::{Process, Refused, Service, Task};

use super::Calls;

pub(crate) struct Running {
    pub(crate) processes: Result<Vec<Process>, Refused>,
    pub(crate) services: Result<Vec<Service>, Refused>,
    pub(crate) tasks: Result<Vec<Task>, Refused>,
    /// The catalogue of every file.
    pub(crate) catalogue: Option<String>,
}

impl Default for Running {
    fn default() -> Self {
        Self { processes: Ok(Vec::new()), services: Ok(Vec::new()), tasks: Ok(Vec::new()), catalogue: None }
    }
}

impl Calls for Running {
    fn processes(&self) -> Result<Vec<Process>, Refused> {
        self.processes.clone()
    }

    fn services(&self) -> Result<Vec<Service>, Refused> {
        self.services.clone()
    }

    fn tasks(&self) -> Result<(Vec<Task>, bool), Refused> {
        self.tasks.clone().map(|tasks| (tasks, true))
    }

    fn catalogue_of(&self, _: &str) -> Result<Option<String>, Refused> {
        Ok(self.catalogue.clone())
    }

    fn is_elevated(&self) -> bool {
        false
    }

    fn long_path(&self, path: &str) -> Option<String> {
        Some(path.replace("PROGRA~1", "Program Files"))
    }
}
