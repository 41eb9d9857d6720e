#include "evidence/package/verify.hpp"

#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/certificates/files.hpp"
#include "cli/language.hpp"
#include "cli/package.hpp"
#include "core/certificates/time.hpp"

namespace tongka::cli {
namespace {

using core::certificates::Certificate;
using core::certificates::RevocationList;
using evidence::Finding;

struct Typed {
    std::string package;
    std::vector<std::string> trust;
    std::vector<std::string> lists;
    std::vector<std::string> time_stamp_trust;
    std::string at;
    bool without_reports = false;
    std::string format = "text";
    std::string language;
};

template <typename T, typename Read>
core::Result<std::vector<T>> read_each(const std::vector<std::string>& files, Read read) {
    std::vector<T> all;
    for (const auto& file : files) {
        TONGKA_TRY(const auto some, certificates::read_as(file, read));
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

void print_text(const Typed& typed, const evidence::Verification& told) {
    constexpr core::Text words[] = {{"正确", "ok"}, {"注意", "warning"}, {"错误", "WRONG"}};
    const auto tongue = language(typed.language);
    for (const auto& finding : told.findings)
        fmt::print("{:<8} {}: {}\n", words[static_cast<std::size_t>(finding.kind)].in(tongue), finding.subject,
                   finding.text.in(tongue));
    constexpr core::Text good{"检测包完好", "the package is what was signed"};
    constexpr core::Text bad{"检测包不可信", "the package cannot be relied on"};
    fmt::print("{}: {}\n", typed.package, (told.is_good() ? good : bad).in(tongue));
}

void print_json(const evidence::Verification& told) {
    nlohmann::ordered_json json = {{"good", told.is_good()}, {"signer", told.signer}};
    if (told.signed_at)
        json["signed"] = core::certificates::to_text(*told.signed_at);
    json["findings"] = nlohmann::ordered_json::array();
    for (const auto& finding : told.findings)
        json["findings"].push_back({{"kind", name(finding.kind)},
                                    {"subject", finding.subject},
                                    {"text", {{"zh", finding.text.zh}, {"en", finding.text.en}}}});
    fmt::print("{}\n", json.dump(2));
}

core::Result<bool> run(const Typed& typed) {
    const core::SystemClock clock;
    evidence::VerifyRequest request{
        .trust = {}, .time_stamp_roots = {}, .now = clock.now(), .reports = !typed.without_reports};
    if (!typed.at.empty()) {
        auto at = core::certificates::read_time(typed.at);
        if (!at)
            return core::fail(at.error().at("--at"));
        request.now = *at;
    }
    TONGKA_TRY(request.trust.roots, read_each<Certificate>(typed.trust, Certificate::read_all));
    TONGKA_TRY(request.trust.lists, read_each<RevocationList>(typed.lists, RevocationList::read_all));
    TONGKA_TRY(request.time_stamp_roots, read_each<Certificate>(typed.time_stamp_trust, Certificate::read_all));
    TONGKA_TRY(const auto told, evidence::verify_package(typed.package, request));
    if (typed.format == "json")
        print_json(told);
    else
        print_text(typed, told);
    return told.is_good();
}

} // namespace

void add_verify_package(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("verify", "Check a package: who signed it, and that nothing in it was altered");
    command->add_option("package", typed->package, "The package")->required()->type_name("FILE");
    command->add_option("--trust", typed->trust, "Root certificates that are trusted, PEM or DER")
        ->required()
        ->type_name("FILE");
    command->add_option("--crl", typed->lists, "Revocation lists: one of each issuer in the chain")->type_name("FILE");
    command->add_option("--timestamp-trust", typed->time_stamp_trust, "Root certificates of time-stamping authorities")
        ->type_name("FILE");
    command->add_option("--at", typed->at, "What time it is, such as 2026-11-23 (default: now)");
    command->add_flag("--without-reports", typed->without_reports,
                      "Do not make the reports again to compare them, which takes longest");
    command->add_option("--format", typed->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    command->add_option("--lang", typed->language, "Language of what is printed: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer(
        "Works without a network. Exit status: 0 the package is what was signed, 1 it is not, 2 it could not be "
        "checked.\n"
        "Example: tongka verify run.tongka --trust ca.pem");
    command->callback([typed, &exit_status] {
        const auto good = run(*typed);
        if (!good)
            fmt::print(stderr, "tongka verify: {}\n", good.error().message);
        exit_status = good ? (*good ? 0 : 1) : 2;
    });
}

} // namespace tongka::cli
