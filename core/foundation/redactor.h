// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace visgate {

/// Replaces secret values in text by `[redacted]`, never whole lines, wherever text leaves: logs, log store, callbacks,
/// API, clipboard. It knows
///  * the values registered with addSecret, also percent-encoded, JSON-escaped and base64-encoded at any offset, and
///  the
///    first 24 or more characters of one, or of its base64, where the rest was cut off;
///  * the values that were forgotten since, by their digests: whole ones, in the same ways unless a part of one reads
///  as
///    an escape itself;
///  * token shapes: `rpa_…`, `rps_…`, `hf_…`, AWS access key ids, `Bearer …`, and what follows the names of
///    credentials (Authorization, X-API-Key, api_key, AWS secret keys and signatures).
/// One pass over the text, a few nanoseconds a byte. Thread-safe.
class Redactor {
public:
    Redactor();
    ~Redactor();
    Redactor(const Redactor&) = delete;
    Redactor& operator=(const Redactor&) = delete;

    /// Values shorter than 6 bytes are not taken: masking them would garble ordinary words. True if the value is new.
    bool addSecret(std::string_view value);
    /// The value is no longer kept, only what tells it when it is seen again. A registered one that is forgotten and
    /// registered again is kept again.
    void forget(std::string_view value);
    /// The value is not known any more, and nothing is kept of it: for those of which there is no end, such as
    /// signatures of single jobs, once no text can hold them.
    void drop(std::string_view value);
    [[nodiscard]] std::string redact(std::string_view text) const;

    [[nodiscard]] static std::string_view mask() { return "[redacted]"; }

private:
    class Table;
    [[nodiscard]] std::shared_ptr<const Table> table() const;

    mutable std::mutex m_mutex;
    std::shared_ptr<const Table> m_table; ///< never changed once it is shared; addSecret and forget replace it
};

} // namespace visgate
