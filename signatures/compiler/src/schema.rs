//! The JSON Schemas of the files, for editors.

use crate::format::ProductFile;
use crate::layout::LayoutFile;

/// The JSON Schema of a product file, as pretty JSON with a line end.
pub fn product_schema() -> String {
    pretty(schemars::schema_for!(ProductFile))
}

/// The JSON Schema of a layout file, likewise.
pub fn layout_schema() -> String {
    pretty(schemars::schema_for!(LayoutFile))
}

fn pretty(schema: schemars::Schema) -> String {
    // A schema is a JSON value already; `{:#}` cannot fail where `to_string_pretty` could.
    format!("{:#}\n", schema.to_value())
}
