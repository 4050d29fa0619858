// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <compare>
#include <functional>
#include <string>

namespace visgate {

/// A string that must not be mixed up with another kind of string.
template <typename Tag> class StrongId {
public:
    StrongId() = default;
    explicit StrongId(std::string value) : m_value(std::move(value)) { }
    [[nodiscard]] const std::string& value() const { return m_value; }
    [[nodiscard]] bool isEmpty() const { return m_value.empty(); }
    auto operator<=>(const StrongId&) const = default;

private:
    std::string m_value;
};

using DeploymentId = StrongId<struct DeploymentIdTag>; ///< ours: dep_{YYYY}_{8 hex}
using JobId = StrongId<struct JobIdTag>;               ///< ours: job_{YYYYMMDD}_{8 hex}
using EndpointId = StrongId<struct EndpointIdTag>;     ///< the provider's
using WorkerId = StrongId<struct WorkerIdTag>;         ///< the provider's
using VolumeId = StrongId<struct VolumeIdTag>;         ///< the provider's
using ProviderJobId = StrongId<struct ProviderJobIdTag>;

/// Ids carry the UTC date of `now` and 32 random bits.
[[nodiscard]] DeploymentId newDeploymentId(std::chrono::system_clock::time_point now);
[[nodiscard]] JobId newJobId(std::chrono::system_clock::time_point now);
/// `bytes` random bytes from the operating system as lower-case hex.
[[nodiscard]] std::string randomHex(std::size_t bytes);

} // namespace visgate

template <typename Tag> struct std::hash<visgate::StrongId<Tag>> {
    std::size_t operator()(const visgate::StrongId<Tag>& id) const noexcept
    {
        return std::hash<std::string>{}(id.value());
    }
};
