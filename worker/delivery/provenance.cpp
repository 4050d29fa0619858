// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/provenance.h"

namespace visgate::worker {
namespace {

std::string escaped(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\n':
            out += "&#10;";
            break;
        case '\t':
            out += "&#9;";
            break;
        default:
            if (static_cast<unsigned char>(c) >= ' ') {
                out += c;
            }
        }
    }
    return out;
}

} // namespace

std::string xmpOf(const Provenance& provenance)
{
    std::string attributes;
    std::string description;
    for (const auto& [name, value] : provenance) {
        if (name == "prompt") {
            description = R"(<dc:description><rdf:Alt><rdf:li xml:lang="x-default">)" + escaped(value)
                + "</rdf:li></rdf:Alt></dc:description>";
        } else if (name == "Software") {
            attributes += " xmp:CreatorTool=\"" + escaped(value) + '"';
        } else {
            attributes += " visgate:" + name + "=\"" + escaped(value) + '"';
        }
    }
    // XMP specification part 1, section 7.3: a packet, and its marker in front.
    return "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
           " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:visgate=\"urn:visgate:provenance:1\""
        + attributes + '>' + description + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>";
}

std::string commentOf(const Provenance& provenance)
{
    std::string text;
    for (const auto& [name, value] : provenance) {
        text += (text.empty() ? "" : "\n") + name + ": " + value;
    }
    return text;
}

} // namespace visgate::worker
