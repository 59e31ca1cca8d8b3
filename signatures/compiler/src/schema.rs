//! The JSON Schema of a product file, for editors.

use crate::format::ProductFile;

/// The JSON Schema of a product file, as pretty JSON with a line end.
pub fn product_schema() -> String {
    let schema = schemars::schema_for!(ProductFile);
    // A schema is a JSON value already; `{:#}` cannot fail where `to_string_pretty` could.
    format!("{:#}\n", schema.to_value())
}
