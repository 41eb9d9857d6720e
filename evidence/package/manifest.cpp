#include "evidence/package/manifest.hpp"

#include <nlohmann/json.hpp>

namespace tongka::evidence {

using Json = nlohmann::ordered_json;

std::string Manifest::text() const {
    auto list = Json::array();
    for (const auto& file : files)
        list.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    const Json manifest = {{"format", 1},
                           {"tool", {{"name", "tongka"}, {"version", tool_version}}},
                           {"made", made},
                           {"algorithm", algorithm},
                           {"record", {{"sha256", record_sha256}}},
                           {"suite", {{"sha256", suite_sha256}}},
                           {"profile", {{"sha256", profile_sha256}}},
                           {"reports", {{"language", language}, {"case_pages", case_pages}}},
                           {"files", list}};
    return manifest.dump(1) + "\n";
}

core::Result<Manifest> Manifest::read(core::BytesView text) {
    const std::string_view given(reinterpret_cast<const char*>(text.data()), text.size());
    Manifest manifest;
    try {
        const auto json = Json::parse(given);
        if (json.at("format") != 1)
            return core::fail("manifest.json: its format is not known to this program");
        manifest.tool_version = json.at("tool").at("version");
        manifest.made = json.at("made");
        manifest.algorithm = json.at("algorithm");
        manifest.record_sha256 = json.at("record").at("sha256");
        manifest.suite_sha256 = json.at("suite").at("sha256");
        manifest.profile_sha256 = json.at("profile").at("sha256");
        manifest.language = json.at("reports").at("language");
        manifest.case_pages = json.at("reports").at("case_pages");
        for (const auto& file : json.at("files"))
            manifest.files.push_back({file.at("name"), file.at("bytes"), file.at("sha256")});
        if (manifest.text() == given)
            return manifest;
    } catch (const nlohmann::json::exception&) {
        return core::fail("manifest.json: is no manifest");
    }
    return core::fail("manifest.json: is not written as a manifest is");
}

} // namespace tongka::evidence
