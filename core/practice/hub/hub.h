// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace visgate::practice {

struct HubFile {
    std::string name;
    std::int64_t size = 0;
    bool isWeights = false;            ///< stored apart ("LFS"); what is given out for it are stand-ins
    std::string text;                  ///< what a small file holds
    std::filesystem::path stored = {}; ///< a file of this computer, given out as it is
    std::string sum = {};              ///< SHA-256 of one that is stored apart, else as git names it
};

struct HubModel {
    std::string id;
    std::string sha;  ///< its one revision, also reachable as "main"
    std::string task; ///< pipeline tag
    std::string library;
    std::string pipelineClass; ///< empty: not in diffusers form
    std::string licence;
    std::string licenceName;
    std::string gated; ///< empty, "auto" or "manual"
    std::int64_t downloads = 0;
    std::int64_t likes = 0;
    std::map<std::string, std::int64_t> parameters; ///< by number type; empty: not told
    std::vector<HubFile> files;

    [[nodiscard]] const HubFile* file(std::string_view name) const;
};

/// The models that the practice hub serves, from resources/practice/hub.json.
class Hub {
public:
    /// `folder`: models of this computer, OWNER/NAME/..., which are served as they are; may be empty.
    explicit Hub(const std::filesystem::path& folder = {});
    [[nodiscard]] const HubModel* find(std::string_view id) const;
    /// The id that a renamed model has now.
    [[nodiscard]] std::optional<std::string> movedTo(std::string_view id) const;
    [[nodiscard]] const std::vector<HubModel>& models() const { return m_models; }
    /// The model's JSON; sizes of files only when `withSizes`.
    [[nodiscard]] static nlohmann::json describe(const HubModel& model, bool withSizes);

private:
    std::vector<HubModel> m_models;
    std::map<std::string, std::string, std::less<>> m_moved;
};

} // namespace visgate::practice
