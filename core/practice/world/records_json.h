// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/world/records.h"

#include <nlohmann/json_fwd.hpp>

namespace visgate::practice {

/// The wire form of an endpoint's settings as REST v2 replies carry it, without id, type-specific URLs and dates.
[[nodiscard]] nlohmann::json configToJson(const EndpointConfig& config);
/// Reads the wire form; the values have been checked (endpoint_rules.h).
[[nodiscard]] EndpointConfig configFromJson(const nlohmann::json& value);
[[nodiscard]] nlohmann::json containerToJson(const ContainerConfig& container);
/// Takes over the container fields that `value` has.
void mergeContainer(ContainerConfig& container, const nlohmann::json& value);

/// Wire form (all fields of a template reply).
[[nodiscard]] nlohmann::json templateToJson(const Template& value);
[[nodiscard]] nlohmann::json volumeToJson(const Volume& value);

/// The journal's form.
[[nodiscard]] std::string store(const Endpoint& value);
[[nodiscard]] std::string store(const Worker& value);
[[nodiscard]] std::string store(const Job& value);
[[nodiscard]] std::string store(const Charge& value);
[[nodiscard]] std::string store(const Template& value);
[[nodiscard]] std::string store(const Volume& value);
[[nodiscard]] std::string store(const Registry& value);
void load(const std::string& text, Endpoint& value);
void load(const std::string& text, Worker& value);
void load(const std::string& text, Job& value);
void load(const std::string& text, Charge& value);
void load(const std::string& text, Template& value);
void load(const std::string& text, Volume& value);
void load(const std::string& text, Registry& value);

[[nodiscard]] std::string_view toString(JobStatus status);
/// What the worker list says: RUNNING, IDLE, INITIALIZING, THROTTLED or UNHEALTHY.
[[nodiscard]] std::string_view publicStatus(const Worker& worker);

} // namespace visgate::practice
