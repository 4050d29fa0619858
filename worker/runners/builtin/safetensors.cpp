// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/builtin/safetensors.h"

#include "core/foundation/json/json_read.h"
#include "core/foundation/path_text.h"

#include <bit>
#include <cstring>
#include <fstream>

namespace visgate::worker::builtin {
namespace {

constexpr std::size_t lengthBytes = 8;
constexpr std::size_t maxDimensions = 4;
constexpr std::uint64_t maxElements = 1U << 26U;

std::uint64_t littleEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        value = (value << 8U) | static_cast<unsigned char>(bytes[i]);
    }
    return value;
}

float halfToFloat(std::uint16_t half)
{
    const std::uint32_t sign = (half & 0x8000U) << 16U;
    const std::uint32_t exponent = (half >> 10U) & 0x1fU;
    const std::uint32_t fraction = half & 0x3ffU;
    if (exponent == 0) {
        const float value = static_cast<float>(fraction) * 0x1p-24F;
        return sign != 0 ? -value : value;
    }
    const std::uint32_t widened = exponent == 0x1fU ? 0xffU : exponent + 112U;
    return std::bit_cast<float>(sign | (widened << 23U) | (fraction << 13U));
}

std::vector<float> widen(std::string_view data, std::size_t width)
{
    std::vector<float> values(data.size() / width);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto raw = littleEndian(data.substr(i * width, width));
        values[i] = width == 4 ? std::bit_cast<float>(static_cast<std::uint32_t>(raw))
                               : halfToFloat(static_cast<std::uint16_t>(raw));
    }
    return values;
}

/// Non-negative integer members only; nullopt for anything else.
bool readUnsigned(const nlohmann::json& value, std::uint64_t& out)
{
    if (!value.is_number_unsigned()) {
        return false;
    }
    out = value.get<std::uint64_t>();
    return true;
}

Result<Tensor> readTensor(const std::string& name, const nlohmann::json& entry, std::string_view data)
{
    const auto bad = [&name](const char* what) { return fail(ErrorCode::UnexpectedReply, name + ": " + what); };
    if (!entry.is_object() || !entry.contains("dtype") || !entry.contains("shape") || !entry.contains("data_offsets")) {
        return bad("entry without dtype, shape or data_offsets");
    }
    const auto& type = entry["dtype"];
    const auto& shape = entry["shape"];
    const auto& offsets = entry["data_offsets"];
    const std::size_t width = type == "F32" ? 4 : type == "F16" ? 2 : 0;
    if (width == 0) {
        return bad("dtype is neither F32 nor F16");
    }
    if (!shape.is_array() || shape.size() > maxDimensions || !offsets.is_array() || offsets.size() != 2) {
        return bad("malformed shape or offsets");
    }
    Tensor tensor;
    std::uint64_t elements = 1;
    for (const auto& dimension : shape) {
        std::uint64_t size = 0;
        if (!readUnsigned(dimension, size) || size > maxElements || elements * size > maxElements) {
            return bad("shape out of range");
        }
        elements *= size;
        tensor.shape.push_back(static_cast<std::int64_t>(size));
    }
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    if (!readUnsigned(offsets[0], begin) || !readUnsigned(offsets[1], end) || begin > end || end > data.size()
        || end - begin != elements * width) {
        return bad("offsets do not fit the shape or the file");
    }
    tensor.values = widen(data.substr(begin, end - begin), width);
    return tensor;
}

} // namespace

Result<Weights> Weights::parse(std::string_view bytes, const WeightLimits& limits)
{
    if (bytes.size() < lengthBytes || bytes.size() > limits.fileBytes) {
        return fail(ErrorCode::UnexpectedReply, "weights file of " + std::to_string(bytes.size()) + " bytes");
    }
    const std::uint64_t headerSize = littleEndian(bytes.substr(0, lengthBytes));
    if (headerSize > limits.headerBytes || headerSize > bytes.size() - lengthBytes) {
        return fail(ErrorCode::UnexpectedReply, "weights header longer than allowed");
    }
    const auto header = visgate::json::parse(bytes.substr(lengthBytes, headerSize)).value_or(nlohmann::json());
    if (!header.is_object() || header.size() > limits.tensors) {
        return fail(ErrorCode::UnexpectedReply, "weights header is not a JSON object of tensors");
    }
    const auto data = bytes.substr(lengthBytes + headerSize);
    Weights weights;
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__") {
            continue;
        }
        auto tensor = readTensor(name, entry, data);
        if (!tensor) {
            return fail(tensor.error());
        }
        weights.m_tensors.emplace(name, std::move(*tensor));
    }
    return weights;
}

Result<Weights> Weights::readFile(const std::filesystem::path& path, const WeightLimits& limits)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) {
        return fail(ErrorCode::FileUnreadable, toUtf8(path));
    }
    const auto size = static_cast<std::size_t>(file.tellg());
    if (size > limits.fileBytes) {
        return fail(ErrorCode::UnexpectedReply, toUtf8(path) + ": larger than a weights file may be");
    }
    std::string bytes(size, '\0');
    file.seekg(0);
    if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
        return fail(ErrorCode::FileUnreadable, toUtf8(path));
    }
    return parse(bytes, limits);
}

Result<const Tensor*> Weights::require(const std::string& name, const std::vector<std::int64_t>& shape) const
{
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end()) {
        return fail(ErrorCode::UnexpectedReply, "weights lack " + name);
    }
    if (found->second.shape != shape) {
        return fail(ErrorCode::UnexpectedReply, "weights have another shape for " + name);
    }
    return &found->second;
}

} // namespace visgate::worker::builtin
