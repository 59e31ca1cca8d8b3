//! Catalogues: signed lists of files. Most of Windows' own files and many drivers carry no signature themselves.

use std::fs::File;
use std::os::windows::io::AsRawHandle as _;

use windows::Win32::Foundation::HANDLE;
use windows::Win32::Security::Cryptography::Catalog::{
    CATALOG_INFO, CryptCATAdminAcquireContext2, CryptCATAdminCalcHashFromFileHandle2, CryptCATAdminEnumCatalogFromHash, CryptCATAdminReleaseCatalogContext,
    CryptCATAdminReleaseContext, CryptCATCatalogInfoFromContext,
};
use windows::core::w;

use crate::Refused;

/// Gives the context back whatever happens.
struct Context(isize);

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: the context was acquired in `catalogue_of` and is released nowhere else.
        let _ = unsafe { CryptCATAdminReleaseContext(self.0, 0) };
    }
}

/// How large a file may be that is looked up by the older sum too.
const LARGEST_TWICE: u64 = 8 << 20;

/// The catalogue file that lists a file, if there is one. The whole file is read for it.
pub fn catalogue_of(path: &str) -> Result<Option<String>, Refused> {
    let file = File::open(path).map_err(|error| if error.kind() == std::io::ErrorKind::PermissionDenied { Refused::Denied } else { Refused::Failed })?;
    let handle = HANDLE(file.as_raw_handle());
    let is_small = file.metadata().is_ok_and(|meta| meta.len() <= LARGEST_TWICE);
    // Catalogues of today list SHA-256, older ones SHA-1.
    for algorithm in [w!("SHA256"), w!("SHA1")].into_iter().take(if is_small { 2 } else { 1 }) {
        let mut context = 0;
        // SAFETY: the names are constants, and `context` outlives the call.
        unsafe { CryptCATAdminAcquireContext2(&raw mut context, None, algorithm, None, None) }?;
        let context = Context(context);
        let mut hash = [0_u8; 64];
        let mut length = u32::try_from(hash.len()).unwrap_or(0);
        // SAFETY: the length goes with the buffer, and the file stays open.
        unsafe { CryptCATAdminCalcHashFromFileHandle2(context.0, handle, &raw mut length, Some(hash.as_mut_ptr()), None) }?;
        let Some(hash) = hash.get(..length as usize) else { return Err(Refused::Failed) };
        // SAFETY: the hash outlives the call.
        let catalogue = unsafe { CryptCATAdminEnumCatalogFromHash(context.0, hash, None, None) };
        if catalogue == 0 {
            continue;
        }
        let mut info = CATALOG_INFO { cbStruct: u32::try_from(size_of::<CATALOG_INFO>()).unwrap_or(0), ..CATALOG_INFO::default() };
        // SAFETY: the catalogue was just given and is released here, once.
        let asked = unsafe {
            let asked = CryptCATCatalogInfoFromContext(catalogue, &raw mut info, 0);
            let _ = CryptCATAdminReleaseCatalogContext(context.0, catalogue, 0);
            asked
        };
        asked?;
        let end = info.wszCatalogFile.iter().position(|unit| *unit == 0).unwrap_or(info.wszCatalogFile.len());
        return Ok(Some(String::from_utf16_lossy(&info.wszCatalogFile[..end])));
    }
    Ok(None)
}
