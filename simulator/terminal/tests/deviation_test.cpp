#include "simulator/terminal/tests/terminal_bench.hpp"

namespace tongka::simulator {
namespace {

/// An issuer's host that gives no answer to a load.
class SilentHost final : public LoadService {
public:
    core::Result<Decision<Authorisation>> authorise(const LoadRequest&) override { return core::fail("no answer"); }
    core::Result<Decision<LoadState>> confirm(const LoadName&, const core::Mac&, std::uint32_t) override {
        return core::fail("no answer");
    }
    core::Result<std::optional<OpenLoad>> open_load(const Asn&, core::Byte) override {
        return std::optional<OpenLoad>();
    }
    core::Result<Decision<LoadState>> resolve(const LoadName&, const Evidence&) override {
        return core::fail("no answer");
    }
};

/// What can be seen of a terminal with this fault in flows where each fault has to show: commands, outcomes, records.
class Story {
public:
    explicit Story(std::optional<TerminalDeviation> deviation) : deviation_(deviation) {
        purchases();
        checks();
        cuts();
        rides();
        loads();
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::unique_ptr<TerminalBench> bench(const char* profile = "city-union") {
        auto made = std::make_unique<TerminalBench>(profile);
        made->deviation = deviation_;
        return made;
    }
    void tell(const TerminalBench& bench, const TerminalOutcome& outcome) {
        text_ += name(outcome.result);
        text_ += outcome.reason ? info(*outcome.reason).name : "";
        for (const auto& command : bench.commands)
            text_ += "\n" + command;
        for (const auto& record : bench.store.records())
            text_ += "\n" + to_line(record);
        text_ += "\n";
    }
    template <typename Change>
    void checked(Change change, const char* profile = "city-union") {
        auto made = bench(profile);
        change(*made);
        tell(*made, made->pay());
    }

    void purchases() {
        checked([](TerminalBench&) {});
        checked([](TerminalBench& b) {
            Deviations wrong;
            wrong.add(Deviation::purchase_mac2_over_balance);
            b.insert(wrong);
        });
        checked([](TerminalBench& b) { b.parameters.blacklist.add(b.profile.card.asn); });
        checked([](TerminalBench& b) {
            b.parameters.any_city = true;
            b.parameters.city = {0x10, 0x00};
        });
        checked([](TerminalBench& b) {
            b.profile.psam.purchase_index = 2;
            b.insert();
        });
    }
    void checks() {
        checked([](TerminalBench& b) { b.moment[1] = 0x25; });
        checked([](TerminalBench& b) { b.moment[1] = 0x40; });
        checked([](TerminalBench& b) { b.parameters.city = {0x10, 0x00}; });
        checked([](TerminalBench& b) {
            b.parameters.city = {0x10, 0x00};
            b.parameters.white_list = {{0x21, 0x44}};
        });
        checked([](TerminalBench& b) { b.parameters.types = {{.main_type = 0x7F}}; });
        checked([](TerminalBench& b) { b.parameters.types = {{.main_type = 1, .sub_type = 1, .sale = false}}; });
        checked([](TerminalBench& b) { b.parameters.most_amount = 1; });
        checked([](TerminalBench& b) { b.parameters.least_balance = 20'000; });
        checked([](TerminalBench& b) {
            for (auto& file : b.profile.card.files)
                if (file.id == 0x0015)
                    file.content.at(0).at(8) = 0;
            b.insert();
            b.parameters.needs_enabled = true;
        });
        checked([](TerminalBench& b) {
            b.profile.psam.expiry_date = {0x20, 0x20, 0x01, 0x01};
            b.insert();
        });
        auto again = bench();
        again->parameters.passback_seconds = 60;
        (void)again->pay();
        tell(*again, again->pay());
    }
    void cuts() {
        for (const bool after : {false, true}) {
            auto cut = bench();
            cut->card_cut = 5;
            cut->cut_after = after;
            tell(*cut, cut->pay());
            cut->card_cut = 0;
            tell(*cut, cut->recover());
            tell(*cut, cut->pay());
        }
        auto other = bench();
        other->card_cut = 5;
        (void)other->pay();
        other->card_cut = 0;
        const core::Sample sample{.asn = std::array<core::Byte, 8>{0x21, 0x44, 0, 0, 0, 0, 0, 0x77}};
        const auto profile =
            core::load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/city-union.yaml", sample).value();
        other->card = make_card(profile, std::make_unique<core::SeededRandom>(9)).value();
        tell(*other, other->recover());
    }
    void rides() {
        auto ride = bench();
        ride->parameters.discounts = {{.operator_code = {0, 0, 9}, .minutes = 60, .percent = 50}};
        tell(*ride, ride->tap_in());
        tell(*ride, ride->tap_out());
        tell(*ride, ride->tap_in());
        tell(*ride, ride->tap_out());
        tell(*ride, ride->tap_in());
        tell(*ride, ride->tap_in());
        auto locked = bench();
        for (auto& file : locked->profile.card.files)
            if (file.id == 0x0017)
                for (auto& record : file.content)
                    record[2] = 0x01;
        locked->insert();
        tell(*locked, locked->tap_in());
    }
    void loads() {
        for (const unsigned cut : {0U, 5U}) { // SELECT, 0015, VERIFY, INITIALIZE, CREDIT
            auto load = bench();
            load->log_in();
            load->card_cut = cut;
            load->cut_after = true;
            load->parameters.types = {{.main_type = 1, .sub_type = 1, .most_load = 1000}};
            tell(*load, load->load(500));
            load->card_cut = 0;
            tell(*load, load->load(2000));
        }
        auto stranger = bench();
        stranger->log_in();
        for (auto& key : stranger->profile.card.keys)
            if (key.kind == "DLK")
                key.key = core::find_key(stranger->profile.card.keys, "DPK", 1)->key;
        stranger->insert();
        tell(*stranger, stranger->load(100));
        auto before = bench();
        before->log_in();
        before->begin();
        bool stood = false;
        const auto line = line_to(*before->card);
        Terminal terminal(before->parameters, before->store, before->deviation);
        (void)terminal.load(
            [&](core::BytesView command) {
                stood = stood || (command[1] == 0x52 && !before->store.records().empty());
                return line(command);
            },
            line_to(*before->isam), before->sam,
            {.amount = 100, .date_time = before->moment, .pin = before->profile.card.pin});
        auto debited = bench();
        debited->begin();
        bool stood_too = false;
        const auto card = line_to(*debited->card);
        Terminal paying(debited->parameters, debited->store, debited->deviation);
        (void)paying.purchase(
            [&](core::BytesView command) {
                stood_too = stood_too || (command[1] == 0x54 && !debited->store.records().empty());
                return card(command);
            },
            line_to(*debited->psam), {.amount = 100, .date_time = debited->moment});
        auto silent = bench();
        silent->begin();
        bool credits = false;
        const auto silent_card = line_to(*silent->card);
        SilentHost host;
        Terminal asking(silent->parameters, silent->store, silent->deviation);
        (void)asking.load(
            [&](core::BytesView command) {
                credits = credits || command[1] == 0x52;
                return silent_card(command);
            },
            host, {.number = {0, 0, 0, 0, 0, 0x12}, .key_index = 1},
            {.amount = 100, .date_time = silent->moment, .pin = silent->profile.card.pin});
        text_ += credits ? "credits unasked " : "";
        text_ += stood ? "before the credit " : "";
        text_ += stood_too ? "before the debit" : "";
    }

    std::optional<TerminalDeviation> deviation_;
    std::string text_;
};

TEST(TerminalDeviationTest, EachShows) {
    const std::string right = Story({}).text();
    EXPECT_TRUE(Story({}).text() == right) << "the same every time";
    for (const auto& info : terminal_deviations())
        EXPECT_TRUE(Story(info.deviation).text() != right) << info.name;
}

} // namespace
} // namespace tongka::simulator
