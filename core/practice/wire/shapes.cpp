// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/shapes.h"

namespace visgate::practice::shapes {

namespace {

using Kind = Shape::Kind;
using Fields = std::vector<Shape::Field>;

bool isVersionOrEmpty(std::string_view text)
{
    return text.empty() || isVersion(text);
}

/// Not blank, and not one of GraphQL's "-type" exclusions.
bool isTypeId(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\n\r");
    return first != std::string_view::npos && text[first] != '-';
}

const Shape anyString{.kind = Kind::String};
const Shape nonEmpty{.kind = Kind::String, .minLength = 1};
const Shape stringOrNull{.kind = Kind::String, .nullable = true};
const Shape boolean{.kind = Kind::Boolean};
const Shape integer{.kind = Kind::Integer};
const Shape fromZero{.kind = Kind::Integer, .minimum = 0};
const Shape fromOne{.kind = Kind::Integer, .minimum = 1};
const Shape strings{.kind = Kind::Array, .items = &anyString};
const Shape stringMap{.kind = Kind::StringMap};
const Shape version{.kind = Kind::String, .format = isVersion, .formatText = R"('^\d+\.\d+$')"};
const Shape versionOrEmpty{.kind = Kind::String, .format = isVersionOrEmpty, .formatText = R"('^$|^\d+\.\d+$')"};
const Shape versions{.kind = Kind::Array, .items = &version};
const Shape typeId{.kind = Kind::String, .format = isTypeId, .formatText = R"('^\s*[^-\s]')"};
const Shape typeIds{.kind = Kind::Array, .items = &typeId, .uniqueItems = true};
const Shape pools{.kind = Kind::Array, .items = &anyString, .minItems = 1};
const Shape flashboot{.kind = Kind::String, .oneOf = {"OFF", "FLASHBOOT", "PRIORITY_FLASHBOOT"}};
const Shape endpointType{.kind = Kind::String, .oneOf = {"QUEUE", "LOAD_BALANCER"}};

const Shape idleTimeout{.kind = Kind::Integer, .minimum = 1, .maximum = 3600};
const Shape workers{
    .kind = Kind::Object, .fields = Fields{{"min", &fromZero}, {"max", &fromZero}, {"idleTimeout", &idleTimeout}}};

const Shape vcpuCount{.kind = Kind::Integer, .minimum = 2};
const Shape cpu{.kind = Kind::Object, .fields = Fields{{"id", &nonEmpty, true}, {"vcpuCount", &vcpuCount, true}}};
const Shape cpus{.kind = Kind::Array, .items = &cpu, .minItems = 1, .uniqueItems = true};

const Shape createGpu{.kind = Kind::Object,
    .fields = Fields{{"pools", &pools, true}, {"excludedTypes", &typeIds}, {"count", &fromOne},
        {"allowedCudaVersions", &versions}, {"minCudaVersion", &version}}};
const Shape updateGpu{.kind = Kind::Object,
    .fields = Fields{{"pools", &pools}, {"excludedTypes", &typeIds}, {"count", &fromOne},
        {"allowedCudaVersions", &versions}, {"minCudaVersion", &versionOrEmpty}}};

/// Which of the two scalers it must fit is decided by its `type` (endpoint_rules.cpp).
const Shape scalingObject{};

Fields containerAnd(Fields more)
{
    Fields fields{{"image", &anyString}, {"args", &anyString}, {"disk", &fromOne}, {"env", &stringMap},
        {"ports", &strings}, {"registry", &stringOrNull}};
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
}

const Shape mountSize{.kind = Kind::Integer, .minimum = 10};
const Shape persistent{.kind = Kind::Object, .fields = Fields{{"size", &mountSize, true}, {"path", &anyString, true}}};
const Shape mounts{.kind = Kind::Object, .fields = Fields{{"persistent", &persistent}}};
const Shape category{.kind = Kind::String, .oneOf = {"CPU", "NVIDIA", "AMD"}};

const Shape volumeSize{.kind = Kind::Integer, .minimum = 10, .maximum = 4096};
const Shape volumeType{.kind = Kind::String, .oneOf = {"STANDARD", "HIGH_PERFORMANCE"}};
const Shape delaySeconds{.kind = Kind::Number, .minimum = 0.5};

} // namespace

const Shape& createEndpoint()
{
    static const Shape shape{.kind = Kind::Object,
        .fields
        = containerAnd({{"name", &nonEmpty, true}, {"type", &endpointType, true}, {"scaling", &scalingObject, true},
            {"gpu", &createGpu}, {"cpu", &cpus}, {"workers", &workers}, {"dataCenterIds", &strings},
            {"networkVolumes", &strings}, {"templateId", &nonEmpty}, {"timeout", &integer}, {"flashboot", &flashboot}}),
        .composed = {"gpu", "name", "scaling", "type"}};
    return shape;
}

const Shape& updateEndpoint()
{
    static const Shape shape{.kind = Kind::Object,
        .fields = containerAnd({{"name", &nonEmpty}, {"scaling", &scalingObject}, {"gpu", &updateGpu}, {"cpu", &cpus},
            {"workers", &workers}, {"dataCenterIds", &strings}, {"networkVolumes", &strings},
            {"templateId", &anyString}, {"timeout", &integer}, {"flashboot", &flashboot}})};
    return shape;
}

const Shape& createTemplate()
{
    static const Shape shape = [] {
        Shape made{.kind = Kind::Object,
            .fields = containerAnd({{"name", &nonEmpty, true}, {"allowedCudaVersions", &versions},
                {"category", &category}, {"mounts", &mounts}, {"public", &boolean}, {"serverless", &boolean},
                {"startJupyter", &boolean}, {"startSsh", &boolean}})};
        for (Shape::Field& field : made.fields)
            field.required = field.required || field.name == "image";
        return made;
    }();
    return shape;
}

const Shape& updateTemplate()
{
    static const Shape shape{.kind = Kind::Object,
        .fields = containerAnd(
            {{"name", &nonEmpty}, {"allowedCudaVersions", &versions}, {"category", &category}, {"mounts", &mounts},
                {"public", &boolean}, {"serverless", &boolean}, {"startJupyter", &boolean}, {"startSsh", &boolean}})};
    return shape;
}

const Shape& createVolume()
{
    static const Shape shape{.kind = Kind::Object,
        .fields = Fields{{"name", &nonEmpty, true}, {"size", &volumeSize, true}, {"dataCenter", &nonEmpty, true},
            {"type", &volumeType}}};
    return shape;
}

const Shape& updateVolume()
{
    static const Shape shape{.kind = Kind::Object, .fields = Fields{{"name", &nonEmpty}, {"size", &volumeSize}}};
    return shape;
}

const Shape& createRegistry()
{
    static const Shape shape{.kind = Kind::Object,
        .fields = Fields{{"name", &nonEmpty, true}, {"username", &nonEmpty, true}, {"password", &nonEmpty, true}}};
    return shape;
}

const Shape& queueDelay()
{
    static const Shape shape{
        .kind = Kind::Object, .fields = Fields{{"type", &anyString, true}, {"queueDelay", &delaySeconds, true}}};
    return shape;
}

const Shape& requestCount()
{
    static const Shape shape{
        .kind = Kind::Object, .fields = Fields{{"type", &anyString, true}, {"requestCount", &fromOne, true}}};
    return shape;
}

} // namespace visgate::practice::shapes
