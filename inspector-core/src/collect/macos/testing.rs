//! For tests: a running Mac that answers what it is told to. No real one can run here.

use inzage_macos::{EventTap, Process, Root};

use super::calls::{Calls, Tool};
use crate::collect::tree::Trouble;

pub(crate) struct Answers {
    pub(crate) processes: Result<Vec<Process>, Trouble>,
    pub(crate) event_taps: Result<Vec<EventTap>, Trouble>,
    pub(crate) microphone: Result<Vec<u32>, Trouble>,
    pub(crate) camera: Result<bool, Trouble>,
    pub(crate) screen: Result<bool, Trouble>,
    pub(crate) roots: Result<Vec<Root>, Trouble>,
    pub(crate) profiles: Result<Vec<u8>, Trouble>,
    pub(crate) enrolment: Result<Vec<u8>, Trouble>,
    pub(crate) proxies: Result<Vec<u8>, Trouble>,
    pub(crate) name_servers: Result<Vec<u8>, Trouble>,
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            processes: Ok(Vec::new()),
            event_taps: Ok(Vec::new()),
            microphone: Ok(Vec::new()),
            camera: Ok(false),
            screen: Ok(false),
            roots: Ok(Vec::new()),
            profiles: Err(Trouble::Absent),
            enrolment: Err(Trouble::Absent),
            proxies: Ok(Vec::new()),
            name_servers: Ok(Vec::new()),
        }
    }
}

impl Calls for Answers {
    fn processes(&self) -> Result<Vec<Process>, Trouble> {
        self.processes.clone()
    }

    fn event_taps(&self) -> Result<Vec<EventTap>, Trouble> {
        self.event_taps.clone()
    }

    fn microphone_users(&self) -> Result<Vec<u32>, Trouble> {
        self.microphone.clone()
    }

    fn camera_in_use(&self) -> Result<bool, Trouble> {
        self.camera.clone()
    }

    fn screen_is_shared(&self) -> Result<bool, Trouble> {
        self.screen.clone()
    }

    fn trusted_roots(&self) -> Result<Vec<Root>, Trouble> {
        self.roots.clone()
    }

    fn ask(&self, tool: Tool) -> Result<Vec<u8>, Trouble> {
        match tool {
            Tool::Profiles => self.profiles.clone(),
            Tool::Enrolment => self.enrolment.clone(),
            Tool::Proxies => self.proxies.clone(),
            Tool::NameServers => self.name_servers.clone(),
        }
    }
}
