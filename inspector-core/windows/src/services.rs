//! The service manager.

use windows::Win32::Foundation::ERROR_MORE_DATA;
use windows::Win32::System::Services::{
    CloseServiceHandle, ENUM_SERVICE_STATUS_PROCESSW, EnumServicesStatusExW, OpenSCManagerW, SC_ENUM_PROCESS_INFO, SC_HANDLE, SC_MANAGER_CONNECT,
    SC_MANAGER_ENUMERATE_SERVICE, SERVICE_DRIVER, SERVICE_STATE_ALL, SERVICE_STOPPED, SERVICE_WIN32,
};
use windows::core::PCWSTR;

use crate::{Refused, Service, text};

/// Closes the service manager whatever happens.
struct Manager(SC_HANDLE);

impl Drop for Manager {
    fn drop(&mut self) {
        // SAFETY: the handle was opened by `services` and is closed nowhere else.
        let _ = unsafe { CloseServiceHandle(self.0) };
    }
}

/// Every service and driver that the service manager shows to this user.
pub fn services() -> Result<Vec<Service>, Refused> {
    // SAFETY: no pointers but the two that may be null.
    let manager = Manager(unsafe { OpenSCManagerW(PCWSTR::null(), PCWSTR::null(), SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE) }?);
    let mut found = Vec::new();
    let mut resume = 0;
    // The manager gives at most 256 KB at once. Numbers of 64 bits, so that its records lie where records may.
    let mut buffer = vec![0_u64; (256 << 10) / size_of::<u64>()];
    loop {
        let (mut needed, mut count) = (0, 0);
        let length = size_of_val(buffer.as_slice());
        // SAFETY: the bytes are those of the buffer, whose numbers may have any value.
        let bytes = unsafe { std::slice::from_raw_parts_mut(buffer.as_mut_ptr().cast::<u8>(), length) };
        // SAFETY: all pointers outlive the call; the buffer's length goes with it.
        let asked = unsafe {
            EnumServicesStatusExW(
                manager.0,
                SC_ENUM_PROCESS_INFO,
                SERVICE_WIN32 | SERVICE_DRIVER,
                SERVICE_STATE_ALL,
                Some(bytes),
                &raw mut needed,
                &raw mut count,
                Some(&raw mut resume),
                PCWSTR::null(),
            )
        };
        let count = (count as usize).min(length / size_of::<ENUM_SERVICE_STATUS_PROCESSW>());
        // SAFETY: the manager wrote so many records at the beginning of the buffer, which is aligned for them and not touched until they are read.
        let records = unsafe { std::slice::from_raw_parts(buffer.as_ptr().cast::<ENUM_SERVICE_STATUS_PROCESSW>(), count) };
        for service in records {
            let status = &service.ServiceStatusProcess;
            let running = status.dwCurrentState != SERVICE_STOPPED;
            found.push(Service { name: text(service.lpServiceName), running, pid: Some(status.dwProcessId).filter(|pid| *pid != 0) });
        }
        match asked {
            Ok(()) => return Ok(found),
            Err(error) if error.code() == ERROR_MORE_DATA.to_hresult() && count > 0 => {}
            Err(error) => return Err(error.into()),
        }
    }
}
