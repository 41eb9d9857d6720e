#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/certificates/commands.hpp"
#include "cli/certificates/new_key.hpp"
#include "cli/certificates/options.hpp"

namespace tongka::cli::certificates {
namespace {

namespace x509 = core::certificates;

struct Typed {
    std::string kind;
    x509::Subject subject;
    std::string key;
    std::string out;
    PassFile pass;
    FormOption form;
};

core::Result<void> run(const Typed& typed) {
    auto subject = typed.subject;
    subject.kind = x509::kind_named(typed.kind).value();
    return write_new_key(typed.key, typed.pass.file, typed.out, typed.form.value(),
                         [&](const x509::PrivateKey& key) -> core::Result<core::Bytes> {
                             TONGKA_TRY(const auto request, x509::Request::create(subject, key));
                             return request.encoded(typed.form.value());
                         });
}

} // namespace

void add_request(CLI::App& parent, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("request", "Make a private key and a request for its certificate (PKCS#10)");
    command->add_option("--kind", typed->kind, "city, card, psam or terminal")
        ->required()
        ->check(CLI::IsMember({"city", "card", "psam", "terminal"}));
    command->add_option("--number", typed->subject.number, "City code, or number of the device (0-9, A-F)")->required();
    command->add_option("--name", typed->subject.common_name, "Name (CN)")->required();
    command->add_option("--organization", typed->subject.organization, "Organization (O)");
    command->add_option("--key", typed->key, "New file for the private key, which is encrypted")->required();
    command->add_option("--out", typed->out, "New file for the request")->required();
    typed->pass.add_to(*command);
    typed->form.add_to(*command);
    command->footer(
        "Example: tongka certificates request --kind city --number 2144 --name 某市 --key city.key --out city.csr");
    command->callback([typed, &exit_status] { exit_status = certificates::exit_status(run(*typed), "request"); });
}

} // namespace tongka::cli::certificates
