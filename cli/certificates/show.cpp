#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/certificates/commands.hpp"
#include "cli/certificates/files.hpp"
#include "cli/certificates/options.hpp"
#include "core/certificates/revocation_list.hpp"

namespace tongka::cli::certificates {
namespace {

namespace x509 = core::certificates;

std::string written(const std::optional<core::Clock::Time>& time) {
    return time ? x509::to_text(*time) : "?";
}

void show(const x509::Certificate& certificate) {
    const auto validity = certificate.validity();
    const auto path_length = certificate.path_length();
    fmt::print("certificate\n  subject: {}\n  issuer: {}\n  serial: {}\n", certificate.subject(), certificate.issuer(),
               certificate.serial());
    fmt::print("  valid: {} to {}\n", written(validity ? std::optional(validity->from) : std::nullopt),
               written(validity ? std::optional(validity->to) : std::nullopt));
    fmt::print("  authority: {}{}\n", certificate.is_authority() ? "yes" : "no",
               path_length ? fmt::format(", path length {}", *path_length) : "");
    fmt::print("  SM2 key: {}\n  SM2 with SM3 signature: {}\n", certificate.has_sm2_key() ? "yes" : "no",
               certificate.has_sm2_signature() ? "yes" : "no");
}

void show(const x509::RevocationList& list) {
    const auto revocations = list.revocations();
    fmt::print("revocation list\n  issuer: {}\n  number: {}\n  this update: {}\n  next update: {}\n  revoked: {}\n",
               list.issuer(), list.number().value_or("?"), written(list.this_update()), written(list.next_update()),
               revocations.size());
    for (const auto& one : revocations)
        fmt::print("    {} {} {}\n", one.serial, x509::to_text(one.since), name(one.reason));
}

void show(const x509::Request& request) {
    const auto& subject = request.subject();
    fmt::print("request\n  kind: {}\n  number: {}\n  name: {}\n  organization: {}\n", name(subject.kind),
               subject.number, subject.common_name, subject.organization);
}

/// DER says nothing of what it is: each reader tries. In PEM the label decides, and a damaged file is told as what it
/// is.
core::Result<void> show_file(core::BytesView file) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    const auto labelled = [&](std::string_view label) {
        return text.find("-----BEGIN " + std::string(label)) != std::string_view::npos;
    };
    const bool pem = labelled("");
    if (auto lists = x509::RevocationList::read_all(file); lists || labelled(x509::list_label)) {
        if (!lists)
            return core::fail(lists.error());
        for (const auto& list : *lists)
            show(list);
        return {};
    }
    if (auto request = x509::Request::read(file); request || labelled(x509::request_label)) {
        if (!request)
            return core::fail(request.error());
        show(*request);
        return {};
    }
    auto certificates = x509::Certificate::read_all(file);
    if (!certificates)
        return core::fail(pem ? certificates.error().message
                              : "neither a certificate, nor a request, nor a revocation list");
    for (const auto& certificate : *certificates)
        show(certificate);
    return {};
}

} // namespace

void add_show(CLI::App& parent, int& exit_status) {
    auto file = std::make_shared<std::string>();
    auto* command = parent.add_subcommand("show", "Print what is in certificates, a request or revocation lists");
    command->add_option("file", *file, "PEM or DER")->required();
    command->footer("Prints what is written, checked or not: verify says whether it holds.\n"
                    "Example: tongka certificates show city.pem");
    command->callback(
        [file, &exit_status] { exit_status = certificates::exit_status(read_as(*file, show_file), "show"); });
}

} // namespace tongka::cli::certificates
