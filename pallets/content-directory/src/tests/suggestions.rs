//! The life of a suggestion, up to the decision.

use super::*;
use crate::{Endorsements, Suggestions, Tallies};
use frame_support::{assert_noop, assert_ok};
use rome_primitives::content::{
	limits::{MAX_LIST_ITEMS, MAX_STRING_BYTES},
	SuggestionStatus, SuggestionTally,
};
use sp_runtime::{DispatchError::BadOrigin, TokenError};

fn tally(category: Category) -> SuggestionTally {
	Tallies::<Test>::get(category)
}

fn status(id: SuggestionId) -> Option<SuggestionStatus> {
	Suggestions::<Test>::get(id).map(|suggestion| suggestion.status)
}

fn try_suggest(properties: &[DraftProperty]) -> sp_runtime::DispatchResult {
	ContentDirectory::suggest_schema(signed(ALICE), new_class("New"), draft(properties))
}

#[test]
fn suggest_schema_works() {
	run(|| {
		let mut settings = config();
		settings.category = Category::Audio;
		let target = SuggestionTarget::New { name: bounded(b"Song"), config: settings };
		let properties = [one("name", TEXT).required()];
		let id = suggest(ALICE, target.clone(), &properties);
		assert_eq!(id, 0);
		assert_last(Event::SchemaSuggested {
			suggestion: id,
			proposer: ALICE,
			category: Category::Audio,
		});
		let stored = Suggestions::<Test>::get(id).unwrap();
		assert_eq!(stored.proposer, ALICE);
		assert_eq!(stored.status, SuggestionStatus::Suggested);
		assert_eq!((stored.endorsers, stored.endorsed), (0, 0));
		assert_eq!(stored.target, target);
		assert_eq!(stored.category, Category::Audio);
		assert_eq!(stored.schema, draft(&properties));
		assert_eq!(tally(Category::Audio).suggested, 1);
		assert_eq!(tally(Category::Other), SuggestionTally::default());
		// Nothing comes of a class before its schema is activated.
		assert!(ContentDirectory::api_class_by_name(b"Song".to_vec()).is_none());
	});
}

#[test]
fn suggest_schema_works_for_a_class_that_exists() {
	run(|| {
		let class = simple_class();
		let id = suggest(ALICE, next_version(class), &[one("size", INT).carries(0)]);
		let stored = Suggestions::<Test>::get(id).unwrap();
		assert_eq!(stored.target, SuggestionTarget::Existing { class, base: 1 });
		assert_eq!(stored.category, Category::Other);
	});
}

#[test]
fn suggest_schema_works_for_competitors() {
	run(|| {
		let first = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		let second = suggest(BOB, new_class("Song"), &[one("b", INT)]);
		let third = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		assert_eq!([first, second, third], [0, 1, 2]);
	});
}

#[test]
fn suggest_schema_fails_for_class_that_is_missing_or_retired_or_ahead() {
	run(|| {
		let class = simple_class();
		let schema = draft(&[one("a", INT)]);
		let suggest = |class, base| {
			let target = SuggestionTarget::Existing { class, base };
			ContentDirectory::suggest_schema(signed(ALICE), target, schema.clone())
		};
		assert_noop!(suggest(class + 1, 0), Error::ClassNotFound);
		assert_noop!(suggest(class, 0), Error::SuggestionOutdated);
		assert_noop!(suggest(class, 2), Error::SuggestionOutdated);
		set_status(class, ClassStatus::Retired);
		assert_noop!(suggest(class, 1), Error::ClassRetired);
		// A pause is for entities.
		set_status(class, ClassStatus::Paused);
		assert_ok!(suggest(class, 1));
	});
}

#[test]
fn suggest_schema_fails_for_bad_class_name() {
	run(|| {
		for name in ["", "1st", "_a", "two words", "a-b", "Bücher"] {
			assert_noop!(
				ContentDirectory::suggest_schema(
					signed(ALICE),
					new_class(name),
					draft(&[one("a", INT)])
				),
				Error::BadClassName
			);
		}
	});
}

#[test]
fn suggest_schema_fails_for_class_name_taken() {
	run(|| {
		class("Song", &[one("a", INT)]);
		let schema = || draft(&[one("a", INT)]);
		assert_noop!(
			ContentDirectory::suggest_schema(signed(ALICE), new_class("Song"), schema()),
			Error::ClassNameTaken
		);
		assert_ok!(ContentDirectory::suggest_schema(signed(ALICE), new_class("song"), schema()));
	});
}

#[test]
fn suggest_schema_fails_for_description_not_utf8() {
	run(|| {
		let mut settings = config();
		settings.description = bounded(&[0xff]);
		let target = SuggestionTarget::New { name: bounded(b"New"), config: settings };
		assert_noop!(
			ContentDirectory::suggest_schema(signed(ALICE), target, draft(&[one("a", INT)])),
			Error::BadDescription
		);
		let mut property = one("a", INT);
		property.property.description = bounded(&[0xff]);
		assert_noop!(try_suggest(&[property]), Error::BadDescription);
	});
}

/// What `SchemaDraft::check` says about each case is tested beside it; here, that each error arrives.
#[test]
fn suggest_schema_fails_for_each_flaw_of_a_schema() {
	run(|| {
		assert_noop!(try_suggest(&[]), Error::SchemaEmpty);
		let wordy = (0..64).map(|number| {
			let mut property = one(&format!("p{number}"), INT);
			property.property.description = bounded(&[b'x'; 256]);
			property
		});
		assert_noop!(try_suggest(&wordy.collect::<Vec<_>>()), Error::SchemaTooLarge);
		assert_noop!(try_suggest(&[one("a b", INT)]), Error::BadPropertyName);
		assert_noop!(try_suggest(&[one("a", INT), one("a", TEXT)]), Error::DuplicatePropertyName);
		let empty = ScalarType::Int { min: Some(2), max: Some(1) };
		assert_noop!(try_suggest(&[one("a", empty)]), Error::EmptyRange);
		assert_noop!(try_suggest(&[one("a", ScalarType::Decimal { scale: 19 })]), Error::BadScale);
		let long = ScalarType::Text { max_length: MAX_STRING_BYTES + 1 };
		assert_noop!(try_suggest(&[one("a", long)]), Error::BadLimit);
		assert_noop!(try_suggest(&[list("a", INT, 0)]), Error::BadLimit);
		assert_noop!(try_suggest(&[list("a", INT, MAX_LIST_ITEMS as u16 + 1)]), Error::BadLimit);
		assert_noop!(try_suggest(&[one("a", variants(&[]))]), Error::BadVariants);
		assert_noop!(try_suggest(&[list("a", INT, 1).unique()]), Error::ListNotSearchable);
		let five = |flag: fn(DraftProperty) -> DraftProperty, count: usize| {
			(0..count).map(|number| flag(one(&format!("p{number}"), INT))).collect::<Vec<_>>()
		};
		assert_noop!(try_suggest(&five(Flags::unique, 5)), Error::TooManyUnique);
		assert_noop!(try_suggest(&five(Flags::indexed, 9)), Error::TooManyIndexed);
		assert_noop!(try_suggest(&[one("a", TO_ITSELF).required()]), Error::RequiresItself);
		assert_noop!(try_suggest(&[one("a", INT).carries(0)]), Error::BadCarry);
		assert_noop!(try_suggest(&[one("a", to_class(0))]), Error::ClassNotFound);
		assert_noop!(try_suggest(&[list("a", to_own(7), 3)]), Error::ClassNotFound);
		assert_ok!(try_suggest(&five(Flags::unique, 4)));
		assert_ok!(try_suggest(&five(Flags::indexed, 8)));
	});
}

#[test]
fn suggest_schema_fails_for_carry_of_something_else() {
	run(|| {
		let class = class("Song", &[one("name", TEXT).unique(), one("year", INT)]);
		let suggest = |properties: &[DraftProperty]| {
			let target = next_version(class);
			ContentDirectory::suggest_schema(signed(ALICE), target, draft(properties))
		};
		assert_noop!(suggest(&[one("a", INT).carries(2)]), Error::BadCarry);
		assert_noop!(
			suggest(&[one("a", INT).carries(1), one("b", INT).carries(1)]),
			Error::BadCarry
		);
		assert_noop!(suggest(&[one("a", TEXT).carries(1)]), Error::CarryChangesProperty);
		assert_noop!(suggest(&[one("a", TEXT).carries(0)]), Error::CarryChangesProperty);
		assert_ok!(suggest(&[one("title", TEXT).unique().required().locked().carries(0)]));
		assert_ok!(suggest(&[one("a", INT).indexed().carries(1)]));
	});
}

#[test]
fn suggest_schema_fails_for_rules_that_cannot_be_followed() {
	run(|| {
		let class = class("Song", &[one("name", TEXT), one("year", INT)]);
		let suggest = |property: DraftProperty| {
			let target = next_version(class);
			ContentDirectory::suggest_schema(signed(ALICE), target, draft(&[property]))
		};
		let default = |scalar: Scalar| Rule::Default(scalar.into());
		assert_noop!(suggest(one("a", INT).casts(2)), Error::BadCarry);
		assert_noop!(suggest(one("a", INT).casts(0)), Error::BadCast);
		assert_noop!(suggest(one("a", variants(&["x"])).casts(0)), Error::BadTable);
		assert_noop!(suggest(one("a", INT).ruled(default(text("x")))), Error::BadDefault);
		assert_ok!(suggest(one("a", TEXT).casts(1)));
		assert_ok!(suggest(one("a", INT).ruled(default(int(1)))));
		let first = |rule| {
			let schema = draft(&[one("a", INT).ruled(rule)]);
			ContentDirectory::suggest_schema(signed(ALICE), new_class("New"), schema)
		};
		assert_noop!(first(Rule::Ask), Error::RuleWithoutBase);
		assert_noop!(first(default(int(1))), Error::RuleWithoutBase);
	});
}

#[test]
fn suggest_schema_fails_for_a_required_reference_to_its_own_class_by_number() {
	run(|| {
		let class = simple_class();
		let suggest = |target| {
			let schema = draft(&[one("next", to_class(target)).required()]);
			ContentDirectory::suggest_schema(signed(ALICE), next_version(class), schema)
		};
		assert_noop!(suggest(class), Error::RequiresItself);
		let other = super::class("Other", &[one("a", INT)]);
		assert_ok!(suggest(other));
	});
}

#[test]
fn suggest_schema_fails_for_wrong_origin() {
	run(|| {
		for origin in [root(), RuntimeOrigin::none()] {
			assert_noop!(
				ContentDirectory::suggest_schema(origin, new_class("A"), draft(&[one("a", INT)])),
				BadOrigin
			);
		}
	});
}

#[test]
fn endorse_schema_works() {
	run(|| {
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		assert_ok!(ContentDirectory::endorse_schema(signed(BOB), id, 50));
		assert_last(Event::SchemaEndorsed { suggestion: id, endorser: BOB, amount: 50 });
		assert_ok!(ContentDirectory::endorse_schema(signed(BOB), id, 70));
		// Its proposer is an endorser like any other.
		assert_ok!(ContentDirectory::endorse_schema(signed(ALICE), id, 1_000));
		let stored = Suggestions::<Test>::get(id).unwrap();
		assert_eq!((stored.endorsers, stored.endorsed), (2, 1_120));
		assert_eq!(Endorsements::<Test>::get(id, BOB), Some(120));
		assert_eq!(held(HoldReason::Endorsement, BOB), 120);
		assert_eq!(held(HoldReason::Endorsement, ALICE), 1_000);
	});
}

#[test]
fn endorse_schema_fails_for_each_reason() {
	run(|| {
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		let endorse = |id, amount| ContentDirectory::endorse_schema(signed(BOB), id, amount);
		assert_noop!(endorse(id + 1, 50), Error::SuggestionNotFound);
		assert_noop!(endorse(id, 49), Error::EndorsementTooSmall);
		assert_noop!(
			ContentDirectory::endorse_schema(signed(POOR), id, 61),
			TokenError::FundsUnavailable
		);
		assert_noop!(ContentDirectory::endorse_schema(root(), id, 50), BadOrigin);
		assert_ok!(endorse(id, 50));
		// Also on top of what is there.
		assert_noop!(endorse(id, 49), Error::EndorsementTooSmall);
		assert_ok!(ContentDirectory::approve_schema(council(), id));
		assert_noop!(endorse(id, 50), Error::SuggestionDecided);
	});
}

#[test]
fn withdraw_endorsement_works() {
	run(|| {
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		let before = free(BOB);
		assert_ok!(ContentDirectory::endorse_schema(signed(BOB), id, 50));
		assert_ok!(ContentDirectory::endorse_schema(signed(CHARLIE), id, 60));
		assert_ok!(ContentDirectory::withdraw_endorsement(signed(BOB), id, BOB));
		assert_last(Event::EndorsementWithdrawn { suggestion: id, endorser: BOB, amount: 50 });
		assert_eq!(free(BOB), before);
		assert_eq!(Endorsements::<Test>::get(id, BOB), None);
		let stored = Suggestions::<Test>::get(id).unwrap();
		assert_eq!((stored.endorsers, stored.endorsed), (1, 60));
	});
}

#[test]
fn withdraw_endorsement_works_for_anyone_after_each_decision() {
	run(|| {
		for decision in 0..4 {
			let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
			assert_ok!(ContentDirectory::endorse_schema(signed(BOB), id, 50));
			let decided = match decision {
				0 => ContentDirectory::reject_schema(council(), id, true),
				1 => ContentDirectory::withdraw_suggestion(signed(ALICE), id),
				_ => ContentDirectory::approve_schema(council(), id),
			};
			assert_ok!(decided);
			if decision == 3 {
				assert_ok!(ContentDirectory::activate_schema(root(), id));
			}
			assert_ok!(ContentDirectory::withdraw_endorsement(signed(CHARLIE), id, BOB));
			assert_eq!(held(HoldReason::Endorsement, BOB), 0);
			if decision == 2 {
				let stored = Suggestions::<Test>::get(id).unwrap();
				assert_eq!((stored.endorsers, stored.endorsed), (0, 0));
			}
		}
	});
}

#[test]
fn withdraw_endorsement_fails_for_each_reason() {
	run(|| {
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		let withdraw = |who, of| ContentDirectory::withdraw_endorsement(signed(who), id, of);
		assert_noop!(withdraw(BOB, BOB), Error::EndorsementNotFound);
		assert_ok!(ContentDirectory::endorse_schema(signed(BOB), id, 50));
		assert_noop!(withdraw(ALICE, BOB), Error::NotTheEndorser);
		assert_noop!(withdraw(BOB, ALICE), Error::EndorsementNotFound);
		assert_noop!(ContentDirectory::withdraw_endorsement(root(), id, BOB), BadOrigin);
		assert_ok!(withdraw(BOB, BOB));
		assert_noop!(withdraw(BOB, BOB), Error::EndorsementNotFound);
	});
}

#[test]
fn withdraw_suggestion_works() {
	run(|| {
		let before = free(ALICE);
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		assert_ok!(ContentDirectory::withdraw_suggestion(signed(ALICE), id));
		assert_last(Event::SuggestionWithdrawn { suggestion: id });
		assert_eq!(status(id), None);
		assert_eq!(free(ALICE), before);
		assert_eq!(
			tally(Category::Other),
			SuggestionTally { suggested: 1, withdrawn: 1, ..Default::default() }
		);
		// The number is not given out again.
		assert_eq!(suggest(ALICE, new_class("Song"), &[one("a", INT)]), id + 1);
	});
}

#[test]
fn withdraw_suggestion_fails_for_each_reason() {
	run(|| {
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		let withdraw = |who, id| ContentDirectory::withdraw_suggestion(signed(who), id);
		assert_noop!(withdraw(ALICE, id + 1), Error::SuggestionNotFound);
		assert_noop!(withdraw(BOB, id), Error::NotTheProposer);
		assert_noop!(ContentDirectory::withdraw_suggestion(root(), id), BadOrigin);
		assert_ok!(ContentDirectory::approve_schema(council(), id));
		assert_noop!(withdraw(ALICE, id), Error::SuggestionDecided);
	});
}

#[test]
fn approve_schema_works() {
	run(|| {
		let before = free(ALICE);
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		assert_ok!(ContentDirectory::approve_schema(council(), id));
		assert_last(Event::SchemaApproved { suggestion: id });
		assert_eq!(status(id), Some(SuggestionStatus::Approved));
		assert_eq!(Suggestions::<Test>::get(id).unwrap().deposit, 0);
		assert_eq!(free(ALICE), before);
		assert_eq!(
			tally(Category::Other),
			SuggestionTally { suggested: 1, approved: 1, ..Default::default() }
		);
	});
}

#[test]
fn approve_schema_fails_for_each_reason() {
	run(|| {
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		for origin in strangers().into_iter().chain([root()]) {
			assert_noop!(ContentDirectory::approve_schema(origin, id), BadOrigin);
		}
		assert_noop!(
			ContentDirectory::approve_schema(council(), id + 1),
			Error::SuggestionNotFound
		);
		assert_ok!(ContentDirectory::approve_schema(council(), id));
		assert_noop!(ContentDirectory::approve_schema(council(), id), Error::SuggestionDecided);
	});
}

#[test]
fn reject_schema_works() {
	run(|| {
		let before = free(ALICE);
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		assert_ok!(ContentDirectory::reject_schema(council(), id, false));
		assert_last(Event::SchemaRejected { suggestion: id, slashed: 0 });
		assert_eq!(status(id), None);
		assert_eq!(free(ALICE), before);
		assert_eq!(
			tally(Category::Other),
			SuggestionTally { suggested: 1, rejected: 1, ..Default::default() }
		);
	});
}

#[test]
fn reject_schema_works_for_spam() {
	run(|| {
		let before = free(ALICE);
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		let deposit = Suggestions::<Test>::get(id).unwrap().deposit;
		// Endorsers lose nothing.
		assert_ok!(ContentDirectory::endorse_schema(signed(BOB), id, 50));
		assert_ok!(ContentDirectory::reject_schema(council(), id, true));
		assert_last(Event::SchemaRejected { suggestion: id, slashed: deposit });
		assert_eq!(free(ALICE), before - deposit);
		assert_eq!(held(HoldReason::Suggestion, ALICE), 0);
		assert_eq!(free(FUND), deposit);
		assert_eq!(held(HoldReason::Endorsement, BOB), 50);
	});
}

#[test]
fn reject_schema_works_after_approval() {
	run(|| {
		let before = free(PROPOSER);
		for spam in [false, true] {
			let id = suggest_approved(new_class("Song"), &[one("a", INT)]);
			assert_ok!(ContentDirectory::reject_schema(council(), id, spam));
			assert_last(Event::SchemaRejected { suggestion: id, slashed: 0 });
			assert_eq!(status(id), None);
		}
		assert_eq!((free(PROPOSER), free(FUND)), (before, 0));
	});
}

#[test]
fn reject_schema_fails_for_each_reason() {
	run(|| {
		let id = suggest(ALICE, new_class("Song"), &[one("a", INT)]);
		for origin in strangers().into_iter().chain([root()]) {
			assert_noop!(ContentDirectory::reject_schema(origin, id, false), BadOrigin);
		}
		assert_noop!(
			ContentDirectory::reject_schema(council(), id + 1, true),
			Error::SuggestionNotFound
		);
		assert_ok!(ContentDirectory::reject_schema(council(), id, false));
		assert_noop!(
			ContentDirectory::reject_schema(council(), id, false),
			Error::SuggestionNotFound
		);
	});
}
