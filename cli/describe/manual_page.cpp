#include "cli/describe/manual_page.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/version.hpp"

namespace tongka::cli {
namespace {

/// Text as roff takes it: nothing of it is a request, and a hyphen stays the one that people type.
std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n'))
            out += "\\&";
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else
            out += c;
    }
    return out;
}

/// A list of choices may be broken after each comma.
std::string breakable(std::string text) {
    for (std::size_t at = 0; (at = text.find(',', at)) != std::string::npos; at += 3)
        text.replace(at, 1, ",\\:");
    return text;
}

std::string names_of(const CLI::Option& option) {
    auto names = option.get_name(false, true);
    for (std::size_t at = 0; (at = names.find(',', at)) != std::string::npos; at += 2)
        names.replace(at, 1, ", ");
    return names;
}

/// ` FILE ...`, ` TEXT:{zh,en} (zh)`; nothing for a flag.
std::string value_of(const CLI::Option& option) {
    if (option.get_items_expected_max() == 0)
        return "";
    auto value =
        option.get_positional() ? std::string() : fmt::format(" \\fI{}\\fR", breakable(roff(option.get_type_name())));
    if (option.get_items_expected_max() >= CLI::detail::expected_max_vector_size)
        value += " ...";
    if (!option.get_default_str().empty())
        value += fmt::format(" (default: {})", roff(option.get_default_str()));
    return value;
}

std::string option_list(const CLI::App& command) {
    std::string out;
    for (const auto* option : command.get_options()) {
        if (option->get_group().empty() || option == command.get_help_ptr())
            continue;
        out += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(names_of(*option)), value_of(*option),
                           roff(option->get_description()));
    }
    return out;
}

/// What stands below the options of --help, line by line: it holds command lines.
std::string notes(const CLI::App& command) {
    auto footer = command.get_footer();
    while (!footer.empty() && footer.back() == '\n')
        footer.pop_back();
    return footer.empty() ? "" : fmt::format(".PP\n.nf\n{}\n.fi\n", roff(footer));
}

void add_command(const CLI::App& command, const std::string& called, std::string& out) {
    const auto inner = command.get_subcommands(
        [](const CLI::App* one) { return !one->get_name().empty() && !one->get_group().empty(); });
    out += fmt::format(".SS {}\n{}\n", roff(called), roff(command.get_description()));
    out += option_list(command) + notes(command);
    for (const auto* one : inner)
        add_command(*one, called + ' ' + one->get_name(), out);
}

} // namespace

std::string manual_page(const CLI::App& root) {
    auto out = fmt::format(R"(.TH TONGKA 1 "" "Tongka {}" "User Commands"
.ad l
.nh
.SH NAME
tongka \- conformance tests and simulators for China's city union cards
.SH SYNOPSIS
.B tongka
.I COMMAND
[\fIOPTION\fR ...]
.SH DESCRIPTION
Tongka checks city union cards, PSAMs, ISAMs, terminals, load hosts, clearing files and readers against CJ/T 304, CJ/T 333
and GB/T 31778, over PC/SC or on virtual devices. It keeps a record of each run, with reports.
Every command tells its options with
.BR \-\-help .
.SH COMMANDS
)",
                           core::version);
    for (const auto* one : root.get_subcommands([](const CLI::App* it) { return !it->get_group().empty(); }))
        add_command(*one, one->get_name(), out);
    out += R"(.SH EXIT STATUS
Where a command does not say otherwise: 0 all is well, 1 something failed, 2 it could not run.
.SH ENVIRONMENT
.TP
.B TONGKA_DATA
The folder with catalogue, cases, procedures and profiles, in place of the installed one.
.TP
.BR LC_ALL ", " LC_MESSAGES ", " LANG
Chinese or English for messages and reports.
.TP
.B PCSCLITE_CSOCK_NAME
The socket of another PC/SC daemon, such as that of
.BR "tongka lab" .
.SH FILES
.TP
.I /usr/share/tongka/testcases
Catalogue, cases, procedures, profiles, layouts of clearing files, and the schemas of what people write.
.TP
.I /usr/share/doc/tongka
The guides.
.SH SEE ALSO
.BR pcscd (8),
.BR pcsc_scan (1),
.BR scriptor (1)
)";
    return out;
}

} // namespace tongka::cli
