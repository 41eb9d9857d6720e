#include "evidence/package/verify_run.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/crypto/suite_digest.hpp"
#include "core/hex.hpp"
#include "core/version.hpp"
#include "evidence/package/derived.hpp"
#include "evidence/package/mapped_file.hpp"
#include "evidence/package/names.hpp"

namespace tongka::evidence {
namespace {

namespace fs = std::filesystem;
using core::BytesView;
using Kind = Finding::Kind;

class RunChecker {
public:
    RunChecker(const PackageFiles& files, const Manifest& manifest, std::vector<Finding>& findings)
        : files_(files), manifest_(manifest), findings_(findings) {}

    void check(bool reports) {
        const auto record = files_.find(record_name);
        if (record == files_.end())
            return tell(Kind::bad, record_name, {"缺失", "is missing"});
        if (const auto chain = check_record_chain(record->second); !chain)
            return tell(Kind::bad, record_name, {chain.error().message, chain.error().message});
        if (core::to_hex(core::sha256(record->second)) != manifest_.record_sha256)
            return tell(Kind::bad, manifest_name,
                        {"所称的记录不是包内的记录", "names another record than the one of the package"});
        tell(Kind::good, record_name, {"哈希链完整", "its chain of hashes is whole"});
        check_suite();
        check_profile();
        if (const auto done = look_into(record->second, reports); !done)
            tell(Kind::bad, record_name, {done.error().message, done.error().message});
    }

private:
    void tell(Kind kind, std::string_view subject, reports::Words text) {
        findings_.push_back({kind, std::string(subject), std::move(text)});
    }

    void check_suite() {
        core::SuiteFiles suite;
        for (const auto& [name, content] : files_)
            if (name.starts_with(suite_folder))
                suite.emplace(name.substr(suite_folder.size()), core::sha256(content));
        if (core::suite_digest(suite) != manifest_.suite_sha256)
            return tell(Kind::bad, suite_folder, {"不是清单所称的用例集", "is not the suite that the manifest names"});
        tell(Kind::good, suite_folder,
             {fmt::format("即所运行的用例集，{}个文件", suite.size()),
              fmt::format("is the suite that was run, {} files", suite.size())});
    }

    void check_profile() {
        for (const auto& [name, content] : files_)
            if (name.starts_with(document_folder) && core::to_hex(core::sha256(content)) == manifest_.profile_sha256)
                return tell(Kind::good, name, {"即所用的配置", "is the profile that was used"});
        tell(Kind::warning, document_folder,
             {fmt::format("不含所用的配置（SHA-256 {}…），它可能含密钥，请向实验室索取",
                          manifest_.profile_sha256.substr(0, 16)),
              fmt::format("the profile that was used (SHA-256 {}…) is not in the package, as it may hold keys: ask the "
                          "laboratory",
                          manifest_.profile_sha256.substr(0, 16))});
    }

    /// The record on its own, what is attached to it, and its reports.
    core::Result<void> look_into(BytesView record, bool reports) {
        TONGKA_TRY(const auto folder, TemporaryFolder::make());
        const auto file = folder.path() / "record.jsonl";
        std::ofstream copy(file, std::ios::binary);
        copy.write(reinterpret_cast<const char*>(record.data()), static_cast<std::streamsize>(record.size()));
        copy.close();
        if (!copy)
            return core::fail(fmt::format("{}: cannot be written", file.string()));
        TONGKA_CHECK(check_attachments(file));
        const auto language = manifest_.language == "zh" ? core::Language::zh : core::Language::en;
        if (!reports) {
            TONGKA_TRY(const auto summary, reports::summarize(file));
            check_head(summary);
            return {};
        }
        TONGKA_TRY(const auto derived, Derived::from(file, language, manifest_.case_pages));
        check_head(derived.summary);
        return check_reports(derived);
    }

    void check_head(const reports::Summary& summary) {
        if (summary.header.suite_sha256 != manifest_.suite_sha256)
            tell(Kind::bad, suite_folder, {"不是记录所称的用例集", "is not the suite that the record names"});
        if (summary.header.profile_sha256 != manifest_.profile_sha256)
            tell(Kind::bad, manifest_name, {"所称的配置不是记录所称的", "names another profile than the record"});
        if (!summary.complete)
            tell(Kind::bad, record_name, {"运行没有结束", "the run did not come to its end"});
    }

    core::Result<void> check_attachments(const fs::path& record) {
        std::set<std::string> attached;
        const auto read = reports::read_record(record, [&](const reports::RecordLine& line) -> core::Result<void> {
            if (line.kind != "attachment")
                return {};
            const auto name = std::string(attachment_folder) + line.value.at("name").get<std::string>();
            const auto found = files_.find(name);
            if (found == files_.end())
                tell(Kind::bad, name,
                     {"记录中有此附件，包内却没有", "is attached by the record, but not in the package"});
            else if (core::to_hex(core::sha256(found->second)) != line.value.at("sha256").get<std::string>())
                tell(Kind::bad, name, {"不是记录所附的文件", "is not the file that the record attaches"});
            attached.insert(name);
            return {};
        });
        if (!read) {
            // Its name is that of our own copy.
            const auto& why = read.error().message;
            return core::fail(why.substr(std::min(why.size(), why.find("record.jsonl"))));
        }
        for (const auto& [name, content] : files_)
            if (name.starts_with(attachment_folder) && !attached.contains(name))
                tell(Kind::bad, name, {"记录中没有此附件", "is attached by no line of the record"});
        return {};
    }

    core::Result<void> check_reports(const Derived& derived) {
        std::size_t right = 0;
        const bool other_tool = manifest_.tool_version != core::version;
        for (const auto& name : derived.files) {
            const auto in_package = std::string(run_folder) + name;
            const auto found = files_.find(in_package);
            if (found == files_.end()) {
                tell(Kind::bad, in_package, {"缺失", "is missing"});
                continue;
            }
            TONGKA_TRY(const auto again, MappedFile::open(derived.folder.path() / name));
            if (std::ranges::equal(again.bytes(), found->second))
                ++right;
            else if (other_tool)
                tell(Kind::warning, in_package,
                     {fmt::format("由{}版制作，本程序为{}版，无法逐字节核对", manifest_.tool_version, core::version),
                      fmt::format("was made by version {}; this program, {}, writes it otherwise",
                                  manifest_.tool_version, core::version)});
            else
                tell(Kind::bad, in_package, {"与记录所述不符", "does not say what the record says"});
        }
        if (right > 0)
            tell(Kind::good, run_folder,
                 {fmt::format("{}份报告与记录逐字节相符", right),
                  fmt::format("{} reports are what the record gives, byte for byte", right)});
        for (const auto& [name, content] : files_) {
            const bool report =
                name.starts_with(run_folder) && name != record_name && !name.starts_with(attachment_folder);
            if (report && !std::ranges::binary_search(derived.files, name.substr(run_folder.size())))
                tell(Kind::warning, name,
                     {"已签名，但不能由记录重新得出", "is signed, but cannot be derived from the record"});
        }
        return {};
    }

    const PackageFiles& files_;
    const Manifest& manifest_;
    std::vector<Finding>& findings_;
};

} // namespace

void check_run(const PackageFiles& files, const Manifest& manifest, bool reports, std::vector<Finding>& findings) {
    RunChecker(files, manifest, findings).check(reports);
}

} // namespace tongka::evidence
