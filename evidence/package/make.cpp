#include "evidence/package/make.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/certificates/time.hpp"
#include "core/crypto/suite_digest.hpp"
#include "core/hex.hpp"
#include "core/output_file.hpp"
#include "core/version.hpp"
#include "evidence/package/container.hpp"
#include "evidence/package/derived.hpp"
#include "evidence/package/manifest.hpp"
#include "evidence/package/mapped_file.hpp"
#include "evidence/package/names.hpp"
#include "evidence/package/time_stamp.hpp"

namespace tongka::evidence {
namespace {

namespace fs = std::filesystem;
using core::Bytes;
using core::BytesView;

/// What will be packed, by the name in the package: a file of the disk, or bytes.
struct Source {
    fs::path file;
    Bytes bytes;
};
using Sources = std::map<std::string, Source>;

std::string in_folder(std::string_view folder, const std::string& name) {
    return std::string(folder) + name;
}

core::Result<bool> same(const fs::path& one, const fs::path& other) {
    TONGKA_TRY(const auto first, MappedFile::open(one));
    TONGKA_TRY(const auto second, MappedFile::open(other));
    return std::ranges::equal(first.bytes(), second.bytes());
}

/// The reports of a folder, which must be those that its record gives in one language or the other.
core::Result<std::pair<Derived, core::Language>> reports_of(const fs::path& run, bool case_pages) {
    std::string differs;
    for (const auto language : {core::Language::zh, core::Language::en}) {
        TONGKA_TRY(auto derived, Derived::from(run / "record.jsonl", language, case_pages));
        differs.clear();
        for (const auto& name : derived.files) {
            TONGKA_TRY(const bool right, same(run / name, derived.folder.path() / name));
            if (!right && differs.empty())
                differs = name;
        }
        if (differs.empty())
            return std::pair(std::move(derived), language);
    }
    return core::fail(
        fmt::format("{}: is not what the record says; make it again with tongka report", (run / differs).string()));
}

core::Result<void> add_attachments(const fs::path& run, Sources& sources) {
    const auto seen =
        reports::read_record(run / "record.jsonl", [&](const reports::RecordLine& line) -> core::Result<void> {
            if (line.kind != "attachment")
                return {};
            const auto name = line.value.at("name").get<std::string>();
            const auto file = run / "attachments" / name;
            TONGKA_TRY(const auto content, MappedFile::open(file));
            if (core::to_hex(core::sha256(content.bytes())) != line.value.at("sha256").get<std::string>())
                return core::fail(fmt::format("{}: is not the file that was attached", file.string()));
            sources[in_folder(attachment_folder, name)] = {file, {}};
            return {};
        });
    if (!seen)
        return core::fail(seen.error());
    return {};
}

core::Result<void> add_suite(const fs::path& suite, const std::string& wanted, Sources& sources) {
    core::SuiteFiles files;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(suite, error)) {
        const auto in_suite = fs::relative(entry.path(), suite);
        if (!core::is_suite_file(in_suite))
            continue;
        TONGKA_TRY(const auto content, MappedFile::open(entry.path()));
        files.emplace(in_suite, core::sha256(content.bytes()));
        sources[in_folder(suite_folder, in_suite.generic_string())] = {entry.path(), {}};
    }
    if (core::suite_digest(files) != wanted)
        return core::fail(fmt::format("{}: is not the suite that was run (its SHA-256 is {}…, not {}…)", suite.string(),
                                      core::suite_digest(files).substr(0, 16), wanted.substr(0, 16)));
    return {};
}

core::Result<void> add_documents(const std::vector<fs::path>& documents, Sources& sources) {
    for (const auto& file : documents) {
        const auto name = in_folder(document_folder, file.filename().string());
        if (!sources.emplace(name, Source{file, {}}).second)
            return core::fail(fmt::format("{}: the package has a document of this name already", file.string()));
    }
    return {};
}

core::Result<std::vector<Listed>> list_of(const Sources& sources) {
    std::vector<Listed> list;
    for (const auto& [name, source] : sources) {
        if (source.file.empty()) {
            list.push_back({name, source.bytes.size(), core::to_hex(core::sha256(source.bytes))});
            continue;
        }
        TONGKA_TRY(const auto content, MappedFile::open(source.file));
        list.push_back({name, content.bytes().size(), core::to_hex(core::sha256(content.bytes()))});
    }
    return list;
}

/// Writes what was listed; what has changed on the disk since then is an Error.
core::Result<void> write(ContainerWriter& container, const std::string& name, const Source& source,
                         const std::vector<Listed>& list) {
    if (source.file.empty())
        return container.add(name, source.bytes);
    TONGKA_TRY(const auto content, MappedFile::open(source.file));
    const auto listed = std::ranges::find(list, name, &Listed::name);
    if (listed != list.end() && core::to_hex(core::sha256(content.bytes())) != listed->sha256)
        return core::fail(fmt::format("{}: was changed while it was packed", source.file.string()));
    return container.add(name, content.bytes());
}

core::Result<std::uint64_t> write_all(const Sources& sources, const std::vector<Listed>& list, const fs::path& out) {
    TONGKA_TRY(auto file, core::OutputFile::create(out));
    ContainerWriter container(file.stream());
    for (const auto& [name, source] : sources)
        TONGKA_CHECK(write(container, name, source, list));
    container.finish();
    const auto size = static_cast<std::uint64_t>(file.stream().tellp());
    TONGKA_CHECK(file.close());
    TONGKA_CHECK(file.commit());
    return size;
}

Bytes bytes_of(const std::string& text) {
    return {text.begin(), text.end()};
}

/// The content of an entry of this name; empty where there is none.
BytesView content_of(const std::vector<Entry>& entries, std::string_view name) {
    const auto found = std::ranges::find(entries, name, &Entry::name);
    return found == entries.end() ? BytesView() : found->content;
}

core::Result<BytesView> signature_of(const fs::path& package, const MappedFile& content) {
    auto entries = read_container(content.bytes());
    if (!entries)
        return core::fail(entries.error().at(package.string()));
    const auto signature = content_of(*entries, signature_name);
    if (signature.empty())
        return core::fail(fmt::format("{}: is no package: it has no {}", package.string(), signature_name));
    return signature;
}

} // namespace

core::Result<Packed> make_package(const PackageRequest& request, Signer& signer, const fs::path& out) {
    const auto record = request.run / "record.jsonl";
    TONGKA_TRY(const auto algorithm, algorithm_of(request.certificates.front()));
    TONGKA_TRY(const auto before, reports::summarize(record));
    if (!before.complete)
        return core::fail(
            fmt::format("{}: the run did not come to its end: go on with tongka run --resume", record.string()));
    std::error_code error;
    const bool case_pages = fs::is_directory(request.run / "report-cases", error);
    TONGKA_TRY(const auto made, reports_of(request.run, case_pages));
    const auto& [derived, language] = made;
    const auto& header = derived.summary.header;

    Sources sources;
    sources[std::string(record_name)] = {record, {}};
    for (const auto& name : derived.files)
        sources[in_folder(run_folder, name)] = {request.run / name, {}};
    // Made by a program of others, which does not write the same bytes twice: signed as it is.
    if (fs::exists(request.run / "report.pdf", error))
        sources[in_folder(run_folder, "report.pdf")] = {request.run / "report.pdf", {}};
    TONGKA_CHECK(add_attachments(request.run, sources));
    TONGKA_CHECK(add_suite(request.suite, header.suite_sha256, sources));
    TONGKA_CHECK(add_documents(request.documents, sources));
    for (std::size_t i = 0; i < request.certificates.size(); ++i)
        sources[in_folder(certificate_folder, fmt::format("{:02}.der", i + 1))] = {
            {}, request.certificates[i].encoded(core::certificates::Form::der)};

    Manifest manifest{.tool_version = std::string(core::version),
                      .made = core::certificates::to_text(request.made),
                      .algorithm = algorithm,
                      .record_sha256 = {},
                      .suite_sha256 = header.suite_sha256,
                      .profile_sha256 = header.profile_sha256,
                      .language = language == core::Language::zh ? "zh" : "en",
                      .case_pages = case_pages,
                      .files = {}};
    TONGKA_TRY(manifest.files, list_of(sources));
    manifest.record_sha256 = std::ranges::find(manifest.files, record_name, &Listed::name)->sha256;
    const auto text = bytes_of(manifest.text());
    TONGKA_TRY(auto signature, signer.sign(text));
    if (signer.algorithm() != algorithm || !is_signature_of(request.certificates.front(), signature, text))
        return core::fail("the signature that was made is not one of the certificate");
    const auto list = manifest.files;
    sources[std::string(manifest_name)] = {{}, text};
    sources[std::string(signature_name)] = {{}, std::move(signature)};
    TONGKA_TRY(const auto size, write_all(sources, list, out));
    return Packed{sources.size(), size};
}

core::Result<void> add_time_stamp(const fs::path& package, BytesView response, const fs::path& out) {
    TONGKA_TRY(const auto content, MappedFile::open(package));
    TONGKA_TRY(const auto signature, signature_of(package, content));
    if (auto read = read_time_stamp(response, signature); !read)
        return core::fail(read.error());
    Sources sources;
    TONGKA_TRY(const auto entries, read_container(content.bytes()));
    for (const auto& entry : entries)
        sources[entry.name] = {{}, Bytes(entry.content.begin(), entry.content.end())};
    if (!sources.emplace(time_stamp_name, Source{{}, Bytes(response.begin(), response.end())}).second)
        return core::fail(fmt::format("{}: has a time stamp already", package.string()));
    TONGKA_TRY([[maybe_unused]] const auto size, write_all(sources, {}, out));
    return {};
}

core::Result<Bytes> time_stamp_query_of(const fs::path& package) {
    TONGKA_TRY(const auto content, MappedFile::open(package));
    TONGKA_TRY(const auto signature, signature_of(package, content));
    return time_stamp_query(signature);
}

} // namespace tongka::evidence
