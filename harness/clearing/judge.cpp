#include "harness/clearing/judge.hpp"

#include <algorithm>
#include <tuple>

#include "core/bcd.hpp"
#include "harness/clearing/tac_batch.hpp"

namespace tongka::harness::clearing {
namespace {

/// A transaction's place in the order of its card.
struct Place {
    std::uint64_t card;
    std::uint32_t counter;
    std::uint32_t index;
};

/// Nothing was paid, so that nothing need be proved by a TAC. A record with an amount is a payment, whatever its flag.
bool is_locking(const Transaction& transaction) {
    return transaction.lock != 0 && transaction.amount == 0;
}

/// The transactions of one card, in the order of its counter.
using Card = std::span<const Place>;

class Judge {
public:
    Judge(std::span<const Transaction> transactions, const Terms& terms, std::vector<Judgement>& judgements)
        : transactions_(transactions), terms_(terms), judgements_(judgements) {}

    core::Result<void> run();

private:
    const Transaction& at(const Place& place) const { return transactions_[place.index]; }
    Judgement& judgement(const Place& place) { return judgements_[place.index]; }

    void sort();
    void judge_times(Card card);
    void judge_city(Card card);
    /// Of those that `counts` speaks for and that have the same key all but one: the first that was accepted so far,
    /// and as long as there is none the first.
    template <typename Key, typename Counts>
    void refuse_repeated(Card card, Key key, Counts counts);
    void judge_duplicates(Card card);
    void judge_tac(const Place& place);
    void judge_rest(Card card);
    void add_notices(Card card);
    [[nodiscard]] TacKeys::City city_of(Card card) const;
    /// Of up to TacBatch::most cards of one city.
    core::Result<void> judge_tacs(std::span<const Card> cards);

    /// Refused for the first reason that is found.
    void refuse(const Place& place, Verdict verdict) {
        if (judgement(place).verdict == Verdict::accepted)
            judgement(place).verdict = verdict;
    }

    std::span<const Transaction> transactions_;
    const Terms& terms_;
    std::vector<Judgement>& judgements_;
    std::vector<Place> places_;
    std::vector<Place> sorted_;
    std::vector<Place> strays_;
    TacBatch batch_;
};

/// Whether BCD YYYYMMDDhhmmss is a moment that exists; most are of the same day.
class Moments {
public:
    bool exists(const std::array<core::Byte, 7>& moment) {
        const core::BytesView view(moment);
        if (!last_date_ || !core::equal(*last_date_, view.first(4))) {
            last_date_.emplace();
            std::ranges::copy(view.first(4), last_date_->begin());
            date_exists_ = core::read_bcd_date(view.first(4)).has_value();
        }
        return date_exists_ && core::read_bcd_time(view.last(3)).has_value();
    }

private:
    std::optional<std::array<core::Byte, 4>> last_date_;
    bool date_exists_ = false;
};

void Judge::sort() {
    places_.reserve(transactions_.size());
    for (std::uint32_t index = 0; index < transactions_.size(); ++index)
        places_.push_back({card_number(transactions_[index]), transactions_[index].counter, index});
    const auto came = [&](const Place& place) { return std::tuple(at(place).file, at(place).line); };
    std::ranges::sort(places_, [&](const Place& a, const Place& b) {
        if (std::tie(a.card, a.counter) != std::tie(b.card, b.counter))
            return std::tie(a.card, a.counter) < std::tie(b.card, b.counter);
        return came(a) < came(b);
    });
}

void Judge::judge_times(Card card) {
    static thread_local Moments moments;
    for (const Place& place : card) {
        const auto& moment = at(place).date_time;
        if (!moments.exists(moment) || moment > terms_.latest)
            refuse(place, Verdict::wrong_time);
    }
}

void Judge::judge_city(Card card) {
    for (const Place& place : card) {
        const Transaction& transaction = at(place);
        const auto& owner = terms_.keys->owner();
        const auto& told = terms_.trading_cities[transaction.file];
        if ((terms_.cities && !terms_.cities->contains(transaction.home_city)) ||
            !core::is_bcd(transaction.home_city) || (told && *told != transaction.trading_city))
            refuse(place, Verdict::unknown_city);
        else if (owner && *owner != transaction.home_city)
            refuse(place, Verdict::foreign_city);
    }
}

template <typename Key, typename Counts>
void Judge::refuse_repeated(Card card, Key key, Counts counts) {
    sorted_.clear();
    std::ranges::copy_if(card, std::back_inserter(sorted_), [&](const Place& place) {
        const Verdict verdict = judgement(place).verdict;
        return counts(place) && (verdict == Verdict::accepted || verdict == Verdict::wrong_tac);
    });
    std::ranges::sort(sorted_, [&](const Place& a, const Place& b) {
        if (key(a) != key(b))
            return key(a) < key(b);
        return std::tie(at(a).file, at(a).line) < std::tie(at(b).file, at(b).line);
    });
    bool is_taken = false; // one with a right TAC came before
    for (std::size_t now = 0; now < sorted_.size(); ++now) {
        Verdict& verdict = judgement(sorted_[now]).verdict;
        const bool is_first = now == 0 || key(sorted_[now]) != key(sorted_[now - 1]);
        is_taken = is_taken && !is_first;
        if (is_taken || (!is_first && verdict == Verdict::wrong_tac))
            verdict = Verdict::duplicate;
        is_taken = is_taken || verdict == Verdict::accepted;
    }
}

void Judge::judge_duplicates(Card card) {
    if (card.size() < 2)
        return;
    refuse_repeated(
        card, [&](const Place& place) { return std::tie(place.counter, at(place).tac); },
        [&](const Place& place) { return !is_locking(at(place)); });
    if (terms_.has_pos_serial)
        refuse_repeated(
            card,
            [&](const Place& place) {
                const Transaction& t = at(place);
                return std::tuple(is_locking(t), t.merchant, t.pos, t.pos_serial);
            },
            [](const Place&) { return true; });
}

void Judge::judge_tac(const Place& place) {
    const Transaction& transaction = at(place);
    // The terminal keeps a grey record before the card answers: it may have no TAC (clauses.md J.3).
    const bool is_due = !is_locking(transaction) && !(transaction.grey && transaction.tac == core::Mac{});
    if (judgement(place).verdict == Verdict::accepted && is_due && batch_.tac(transaction) != transaction.tac)
        refuse(place, Verdict::wrong_tac);
}

void Judge::judge_rest(Card card) {
    const bool listed = std::ranges::binary_search(terms_.blacklist, card.front().card);
    for (const Place& place : card) {
        const Transaction& transaction = at(place);
        if (transaction.grey)
            refuse(place, Verdict::grey);
        if (transaction.amount > transaction.balance_before)
            refuse(place, Verdict::insufficient);
        if (transaction.test)
            refuse(place, Verdict::test);
        if (listed && !is_locking(transaction))
            refuse(place, Verdict::blacklisted);
    }
}

void Judge::add_notices(Card card) {
    const Place* before = nullptr;
    std::uint32_t reached = 0; // the counter up to which records are there
    for (const Place& place : card) {
        const Verdict verdict = judgement(place).verdict;
        if (verdict == Verdict::duplicate || is_locking(at(place)))
            continue;
        const auto notice = [&](Notice kind) { judgement(place).notices |= static_cast<core::Byte>(kind); };
        if (verdict == Verdict::wrong_tac) { // whoever made it up, it says nothing of the card but that it came
            if (before && place.counter == reached + 1)
                ++reached;
            continue;
        }
        if (before && before->counter == place.counter) {
            notice(Notice::counter_twice);
            continue;
        }
        if (before) {
            const Transaction& last = at(*before);
            const Transaction& now = at(place);
            if (place.counter > reached + 1)
                notice(Notice::counter_gap);
            else if (place.counter == before->counter + 1 && last.amount <= last.balance_before &&
                     now.balance_before < last.balance_before - last.amount)
                notice(Notice::balance);
            if (now.date_time < last.date_time && judgement(*before).verdict != Verdict::wrong_time &&
                verdict != Verdict::wrong_time)
                notice(Notice::clock_back);
        }
        before = &place;
        reached = place.counter;
    }
}

TacKeys::City Judge::city_of(Card card) const {
    const auto first = std::ranges::find_if(
        card, [&](const Place& place) { return judgements_[place.index].verdict == Verdict::accepted; });
    return at(first == card.end() ? card.front() : *first).home_city;
}

core::Result<void> Judge::judge_tacs(std::span<const Card> cards) {
    const auto city = city_of(cards[0]);
    const auto derive = [&](const TacKeys::City& of, std::span<const Card> some) -> core::Result<bool> {
        TONGKA_TRY(const core::Cipher* root, terms_.keys->of(of));
        if (!root)
            return false;
        std::array<std::array<core::Byte, 8>, TacBatch::most> numbers;
        for (std::size_t card = 0; card < some.size(); ++card)
            numbers[card] = at(some[card].front()).asn;
        batch_.derive(*root, std::span(numbers).first(some.size()));
        return true;
    };
    strays_.clear();
    TONGKA_TRY(const bool ours, derive(city, cards));
    for (std::size_t card = 0; ours && card < cards.size(); ++card) {
        batch_.choose(card);
        for (const Place& place : cards[card]) {
            if (at(place).home_city == city)
                judge_tac(place);
            else
                strays_.push_back(place);
        }
    }
    for (const Place& place : strays_) { // records that call another city the card's home than the others do
        const Card alone(&place, 1);
        TONGKA_TRY(const bool known, derive(at(place).home_city, {&alone, 1}));
        batch_.choose(0);
        if (known)
            judge_tac(place);
    }
    return {};
}

core::Result<void> Judge::run() {
    judgements_.assign(transactions_.size(), {});
    sort();
    std::array<Card, TacBatch::most> cards;
    std::size_t waiting = 0;
    const auto derive_waiting = [&]() -> core::Result<void> {
        if (waiting > 0 && terms_.has_tac)
            TONGKA_CHECK(judge_tacs(std::span(cards).first(waiting)));
        for (const Card& card : std::span(cards).first(waiting)) {
            judge_duplicates(card);
            judge_rest(card);
            add_notices(card);
        }
        waiting = 0;
        return {};
    };
    for (std::size_t begin = 0; begin < places_.size();) {
        std::size_t end = begin;
        while (end < places_.size() && places_[end].card == places_[begin].card)
            ++end;
        const Card card(places_.data() + begin, end - begin);
        begin = end;
        judge_times(card);
        judge_city(card);
        if (waiting > 0 && (waiting == cards.size() || city_of(cards[0]) != city_of(card)))
            TONGKA_CHECK(derive_waiting());
        cards[waiting++] = card;
    }
    return derive_waiting();
}

} // namespace

std::uint64_t card_number(const Transaction& transaction) {
    return core::read_big_endian(transaction.asn);
}

core::Result<void> judge(std::span<const Transaction> transactions, const Terms& terms,
                         std::vector<Judgement>& judgements) {
    return Judge(transactions, terms, judgements).run();
}

} // namespace tongka::harness::clearing
