#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "cli/certificates/commands.hpp"
#include "cli/certificates/new_key.hpp"
#include "cli/certificates/options.hpp"

namespace tongka::cli::certificates {
namespace {

namespace x509 = core::certificates;

constexpr unsigned root_days = 7300;

struct Typed {
    x509::Subject subject;
    std::string key;
    std::string out;
    PassFile pass;
    ValidityOption validity;
    FormOption form;
};

core::Result<void> run(const Typed& typed, core::Clock::Time now) {
    TONGKA_TRY(const auto validity, typed.validity.value(now, root_days));
    return write_new_key(typed.key, typed.pass.file, typed.out, typed.form.value(),
                         [&](const x509::PrivateKey& key) -> core::Result<core::Bytes> {
                             TONGKA_TRY(const auto root, x509::new_root(typed.subject, validity, key));
                             return root.encoded(typed.form.value());
                         });
}

} // namespace

void add_new_root(CLI::App& parent, const core::Clock& clock, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = parent.add_subcommand("new-root", "Make a root: a private key and a certificate that signs itself");
    command->add_option("--name", typed->subject.common_name, "Name (CN)")->required();
    command->add_option("--organization", typed->subject.organization, "Organization (O)");
    command->add_option("--key", typed->key, "New file for the private key, which is encrypted")->required();
    command->add_option("--out", typed->out, "New file for the certificate")->required();
    typed->pass.add_to(*command);
    typed->validity.add_to(*command, std::to_string(root_days));
    typed->form.add_to(*command);
    command->footer("Example: tongka certificates new-root --name 全国根 --key root.key --out root.pem");
    command->callback([typed, &clock, &exit_status] {
        exit_status = certificates::exit_status(run(*typed, clock.now()), "new-root");
    });
}

} // namespace tongka::cli::certificates
