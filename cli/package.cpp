#include "cli/package.hpp"

#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/certificates/files.hpp"
#include "cli/data_directory.hpp"
#include "cli/keys/command.hpp"
#include "cli/pass_phrase.hpp"
#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"
#include "core/keys/no_core_file.hpp"
#include "core/keys/token_uri.hpp"
#include "core/output_file.hpp"
#include "evidence/package/make.hpp"
#include "evidence/package/mapped_file.hpp"
#include "reports/summary.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;
using core::certificates::Certificate;

struct Typed {
    std::string what; ///< folder of a run, or a package
    std::string key;
    std::string certificate;
    std::vector<std::string> chain;
    std::string pass_file;
    std::string suite;
    std::vector<std::string> documents;
    std::string time_stamp;
    std::string query;
    std::string out;
};

core::Result<std::vector<Certificate>> certificates_of(const Typed& typed) {
    TONGKA_TRY(auto first, certificates::read_as(typed.certificate, Certificate::read));
    std::vector<Certificate> all{std::move(first)};
    for (const auto& file : typed.chain) {
        TONGKA_TRY(const auto more, certificates::read_as(file, Certificate::read_all));
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

core::Result<std::unique_ptr<evidence::Signer>> signer_of(const Typed& typed, const Certificate& certificate) {
    TONGKA_CHECK(core::forbid_core_files());
    TONGKA_TRY(const auto pass, get_pass_phrase(typed.pass_file, typed.key, Asked::once));
    if (core::is_token_uri(typed.key))
        return evidence::open_token(typed.key, pass, certificate);
    return certificates::read_as(
        typed.key, [&](core::BytesView file) { return evidence::open_key_file(file, pass, certificate); });
}

/// The suite's own profile, whose keys are for tests and known to all, with its ICS; none where the run used another.
core::Result<std::vector<fs::path>> own_profile(const fs::path& run) {
    TONGKA_TRY(const auto summary, reports::summarize(run / "record.jsonl"));
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(data_directory() / "profiles", error)) {
        TONGKA_TRY(const auto content, evidence::MappedFile::open(entry.path()));
        if (core::to_hex(core::sha256(content.bytes())) == summary.header.profile_sha256)
            return std::vector{entry.path(), fs::path(entry.path()).replace_extension(".ics.yaml")};
    }
    return std::vector<fs::path>{};
}

core::Result<void> pack(const Typed& typed) {
    if (typed.key.empty() || typed.certificate.empty() || typed.out.empty())
        return core::fail("a run is packed with --key, --cert and --out");
    const fs::path run = typed.what;
    TONGKA_TRY(auto all, certificates_of(typed));
    TONGKA_TRY(auto documents, own_profile(run));
    documents.insert(documents.end(), typed.documents.begin(), typed.documents.end());
    TONGKA_TRY(const auto signer, signer_of(typed, all.front()));
    const core::SystemClock clock;
    TONGKA_TRY(const auto packed,
               evidence::make_package({.run = run,
                                       .suite = typed.suite.empty() ? data_directory() : fs::path(typed.suite),
                                       .documents = std::move(documents),
                                       .certificates = all,
                                       .made = clock.now()},
                                      *signer, typed.out));
    fmt::print("{}: {} files, {} bytes, signed by {}\n", typed.out, packed.files, packed.bytes, all.front().subject());
    return {};
}

core::Result<void> stamp(const Typed& typed) {
    if (typed.out.empty())
        return core::fail("--timestamp makes another package: give --out");
    TONGKA_TRY(const auto response, certificates::read_file(typed.time_stamp));
    auto done = evidence::add_time_stamp(typed.what, response, typed.out);
    if (!done && !done.error().message.starts_with(typed.what))
        return core::fail(done.error().at(typed.time_stamp));
    return done;
}

core::Result<void> ask(const Typed& typed) {
    TONGKA_TRY(const auto query, evidence::time_stamp_query_of(typed.what));
    TONGKA_TRY(auto file, core::OutputFile::create(typed.query));
    file.stream().write(reinterpret_cast<const char*>(query.data()), static_cast<std::streamsize>(query.size()));
    TONGKA_CHECK(file.close());
    return file.commit();
}

core::Result<void> run(const Typed& typed) {
    if (!typed.query.empty())
        return ask(typed);
    return typed.time_stamp.empty() ? pack(typed) : stamp(typed);
}

} // namespace

void add_package(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("package", "Pack a run with its suite and reports into one signed file");
    command->add_option("what", typed->what, "Folder of the run; with --timestamp and --timestamp-query, a package")
        ->required()
        ->type_name("DIR|FILE");
    command
        ->add_option("--key", typed->key,
                     "Private key that signs: an encrypted file (SM2, or ECDSA on P-256), or a token "
                     "(pkcs11:token=NAME?module-path=FILE)")
        ->type_name("KEY");
    add_pass_file(*command, "--pass-file", typed->pass_file, "the key, or the token's PIN");
    command->add_option("--cert", typed->certificate, "Certificate of the key, PEM or DER")->type_name("FILE");
    command->add_option("--chain", typed->chain, "Certificates between it and the root")->type_name("FILE");
    command->add_option("--suite", typed->suite, "The suite that was run (default: Tongka's own)")->type_name("DIR");
    command->add_option("--include", typed->documents, "A further document, such as the profile or the order")
        ->type_name("FILE");
    auto* query = command
                      ->add_option("--timestamp-query", typed->query,
                                   "Write the query (RFC 3161) that a time-stamping authority answers for a package")
                      ->type_name("FILE");
    command->add_option("--timestamp", typed->time_stamp, "Put the authority's response into a package")
        ->type_name("FILE")
        ->excludes(query);
    command->add_option("--out", typed->out, "The package to make")->type_name("FILE");
    command->footer(
        "The profile of a run is packed where it is one of Tongka's own; another may hold keys: --include it if "
        "not.\n"
        "Examples:\n"
        "  tongka package out/run --key lab.key --cert lab.pem --chain ca.pem --out run.tongka\n"
        "  tongka package run.tongka --timestamp-query run.tsq   # have it answered: run.tsr\n"
        "  tongka package run.tongka --timestamp run.tsr --out stamped.tongka");
    command->callback([typed, &exit_status] {
        const auto done = run(*typed);
        if (!done)
            fmt::print(stderr, "tongka package: {}\n", done.error().message);
        exit_status = done ? 0 : 2;
    });
}

} // namespace tongka::cli
