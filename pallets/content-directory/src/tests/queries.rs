//! What the runtime API answers, page by page.

use super::*;
use frame_support::assert_ok;
use rome_primitives::content::{
	api::{EntityView, Page, SuggestionView},
	limits::MAX_PAGE,
	SuggestionStatus, SuggestionTally,
};

type View = EntityView<AccountId, Balance>;

fn ids(page: &Page<View, EntityId>) -> Vec<EntityId> {
	page.items.iter().map(|view| view.id).collect()
}

/// Walks a list with every page size, and sees the same each time: all of `expected`, no page longer than
/// asked for, and a cursor exactly where there is more.
fn assert_pages<Item: core::fmt::Debug + PartialEq, Cursor: Copy + core::fmt::Debug + PartialEq>(
	expected: &[Cursor],
	cursor_of: impl Fn(&Item) -> Cursor,
	list: impl Fn(Option<Cursor>, u32) -> Page<Item, Cursor>,
) {
	let all = list(None, u32::MAX);
	assert_eq!(all.items.iter().map(&cursor_of).collect::<Vec<_>>(), expected);
	assert_eq!(all.next, None);
	// None is no page size: it counts as one.
	assert_eq!(list(None, 0), list(None, 1));
	for limit in 1..=expected.len() + 1 {
		let (mut seen, mut after) = (Vec::new(), None);
		loop {
			let page = list(after, limit as u32);
			assert!(page.items.len() <= limit);
			seen.extend(page.items.iter().map(&cursor_of));
			assert_eq!(page.next.is_some(), seen.len() < expected.len());
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		assert_eq!(seen, expected);
	}
	if let Some(last) = expected.last() {
		let beyond = list(Some(*last), 10);
		assert!(beyond.items.is_empty());
		assert_eq!(beyond.next, None);
	}
}

#[test]
fn classes_are_listed() {
	run(|| {
		assert_pages(&[], |view: &_| id_of(view), ContentDirectory::api_classes);
		for name in ["A", "B", "C", "D"] {
			class(name, &[one("a", INT)]);
		}
		assert_pages(&[0, 1, 2, 3], id_of, ContentDirectory::api_classes);
		let page = ContentDirectory::api_classes(Some(ClassId::MAX), 5);
		assert!(page.items.is_empty() && page.next.is_none());
		let view = &ContentDirectory::api_classes(Some(1), 1).items[0];
		assert_eq!((view.id, &view.class), (2, &stored_class(2)));
		create(ALICE, 2, values([int(1)]));
		assert_eq!(ContentDirectory::api_classes(Some(1), 1).items[0].stats.entities, 1);
	});

	fn id_of(view: &rome_primitives::content::api::ClassView<AccountId>) -> ClassId {
		view.id
	}
}

#[test]
fn class_is_found_by_name() {
	run(|| {
		simple_class();
		let class = class("Song", &[one("a", INT)]);
		let find = |name: &str| ContentDirectory::api_class_by_name(name.into());
		assert_eq!(find("Song").unwrap().id, class);
		for name in ["song", "Son", "Songs", "", &"x".repeat(65)] {
			assert!(find(name).is_none());
		}
	});
}

#[test]
fn schemas_are_listed() {
	run(|| {
		let class = simple_class();
		create(ALICE, class, values([int(1)]));
		upgrade(class, &[one("size", INT).carries(0)]);
		upgrade(class, &[one("size", INT).carries(0)]);
		create(ALICE, class, values([int(1)]));
		create(ALICE, class, values([int(1)]));
		assert_ok!(ContentDirectory::retire_schema(root(), class, 2));
		let list = |after, limit| ContentDirectory::api_schemas(class, after, limit);
		assert_pages(&[1, 2, 3], |view| view.version, list);
		let counts = list(None, 9).items.iter().map(|view| view.entities).collect::<Vec<_>>();
		assert_eq!(counts, [1, 0, 2]);
		for (version, view) in (1..).zip(list(None, 9).items) {
			assert_eq!(ContentDirectory::api_schema(class, version), Some(view));
		}
		// Version 0 is the same in every class.
		let free_form = ContentDirectory::api_schema(class, 0).map(|view| view.schema);
		assert_eq!(free_form, Some(rome_primitives::content::Schema::free_form()));
		assert_eq!(ContentDirectory::api_schema(class + 1, 0), None);
		assert_eq!(ContentDirectory::api_schema(class, 4), None);
		assert_eq!(ContentDirectory::api_schema(class + 1, 1), None);
		let none = |after, limit| ContentDirectory::api_schemas(class + 1, after, limit);
		assert_pages(&[], |view: &rome_primitives::content::api::SchemaView| view.version, none);
	});
}

#[test]
fn suggestions_are_listed_by_category_and_status() {
	run(|| {
		let suggest = |name: &str, category| {
			let config = ClassConfig { category, ..config() };
			let target = SuggestionTarget::New { name: bounded(name.as_bytes()), config };
			super::suggest(ALICE, target, &[one("a", INT)])
		};
		let categories = [Category::Video, Category::Audio, Category::Video, Category::Video];
		for (name, category) in ["A", "B", "C", "D"].into_iter().zip(categories) {
			suggest(name, category);
		}
		assert_ok!(ContentDirectory::approve_schema(council(), 2));
		assert_ok!(ContentDirectory::approve_schema(council(), 1));
		let all = |category, status| {
			let page = ContentDirectory::api_suggestions(category, status, None, 9);
			page.items.iter().map(|view| view.id).collect::<Vec<_>>()
		};
		let (suggested, approved) = (SuggestionStatus::Suggested, SuggestionStatus::Approved);
		assert_eq!(all(None, None), [0, 1, 2, 3]);
		assert_eq!(all(Some(Category::Video), None), [0, 2, 3]);
		assert_eq!(all(Some(Category::Video), Some(suggested)), [0, 3]);
		assert_eq!(all(None, Some(approved)), [1, 2]);
		assert_eq!(all(Some(Category::Image), None), [0; 0]);
		assert_pages(
			&[0, 1, 2, 3],
			|view: &SuggestionView<_, _>| view.id,
			|after, limit| ContentDirectory::api_suggestions(None, None, after, limit),
		);

		// What is decided is a gap in the list and a number in the tallies.
		assert_ok!(ContentDirectory::activate_schema(root(), 2));
		assert_ok!(ContentDirectory::reject_schema(council(), 0, false));
		assert_eq!(all(None, None), [1, 3]);
		assert_eq!(ContentDirectory::api_suggestion(2), None);
		assert_eq!(ContentDirectory::api_suggestion(3).unwrap().suggestion.proposer, ALICE);
		let tallies = ContentDirectory::api_suggestion_tallies();
		assert_eq!(
			tallies.iter().map(|(category, _)| *category).collect::<Vec<_>>(),
			Category::ALL
		);
		let video =
			SuggestionTally { suggested: 3, approved: 1, rejected: 1, withdrawn: 0, activated: 1 };
		assert_eq!(tallies[0].1, video);
	});
}

/// A page looks at so many candidates, whether they fit or not: the next one goes on behind them.
#[test]
fn page_ends_after_so_many_candidates() {
	run(|| {
		let last = MAX_PAGE + 5;
		let id = suggest(ALICE, new_class("A"), &[one("a", INT)]);
		let suggestion = crate::Suggestions::<Test>::get(id).unwrap();
		assert_ok!(ContentDirectory::withdraw_suggestion(signed(ALICE), id));
		crate::Suggestions::<Test>::insert(
			last,
			rome_primitives::content::Suggestion { deposit: 0, ..suggestion },
		);
		NextSuggestionId::<Test>::put(last + 1);
		let first = ContentDirectory::api_suggestions(None, None, None, 1);
		assert!(first.items.is_empty());
		assert_eq!(first.next, Some(MAX_PAGE - 1));
		let second = ContentDirectory::api_suggestions(None, None, first.next, 1);
		assert_eq!(second.items.len(), 1);
		assert_eq!(second.next, None);
	});
}

#[test]
fn entities_are_listed() {
	run(|| {
		let (before, class, behind) = (
			simple_class(),
			super::class("B", &[one("a", INT)]),
			super::class("C", &[one("a", INT)]),
		);
		let list = |after, limit| ContentDirectory::api_entities(class, after, limit);
		assert_pages(&[], |view: &View| view.id, list);
		create(ALICE, before, values([int(1)]));
		create(ALICE, behind, values([int(1)]));
		assert_pages(&[], |view: &View| view.id, list);
		// Serial numbers on both sides of a byte's border: the order is that of numbers.
		let mut expected = Vec::new();
		for serial in [0, 1, 254, 255, 256, 65_535, 65_536, u32::MAX - 1] {
			crate::Stats::<Test>::mutate(class, |stats| stats.next_serial = serial);
			expected.push(create(ALICE, class, values([int(1)])));
		}
		assert_pages(&expected, |view| view.id, list);
		// A cursor needs no entity of its own.
		assert_ok!(remove(ALICE, expected[2]));
		assert_eq!(ids(&list(Some(expected[2]), 1)), [expected[3]]);
		assert_eq!(ids(&ContentDirectory::api_entities(99, None, 9)), []);
	});
}

#[test]
fn entity_is_shown() {
	run(|| {
		let class = simple_class();
		let id = create(ALICE, class, values([int(1)]));
		let view = ContentDirectory::api_entity(id).unwrap();
		assert_eq!(view.id, id);
		assert_eq!(view.entity, stored(id));
		assert_eq!(
			(view.offered_to, view.own_references, view.foreign_references),
			(None, 0, false)
		);
		assert!(view.removed_references.is_empty());
		assert_eq!(ContentDirectory::api_entity(EntityId { serial: 1, ..id }), None);
	});
}

#[test]
fn entities_of_an_account_are_listed() {
	run(|| {
		let classes = ["A", "B", "C"].map(|name| class(name, &[one("a", INT)]));
		let mut expected = Vec::new();
		for (class, serials) in classes.into_iter().zip([[0, 300], [0, 255], [7, u32::MAX - 1]]) {
			for serial in serials {
				crate::Stats::<Test>::mutate(class, |stats| stats.next_serial = serial);
				expected.push(create(ALICE, class, values([int(1)])));
			}
			crate::Stats::<Test>::mutate(class, |stats| {
				stats.next_serial = stats.next_serial.max(1_000)
			});
			if class != 2 {
				create(BOB, class, values([int(1)]));
			}
		}
		let of = |class| {
			move |after, limit| ContentDirectory::api_entities_of(ALICE, class, after, limit)
		};
		assert_pages(&expected, |view| view.id, of(None));
		for class in classes {
			let only = &expected[2 * class as usize..2 * class as usize + 2];
			assert_pages(only, |view| view.id, of(Some(class)));
			// A cursor before the class begins with it, one behind it ends there.
			assert_eq!(ids(&of(Some(class))(Some(expected[0]), 1))[0].class, class);
			let behind = EntityId { class: class + 1, serial: 0 };
			assert!(ids(&of(Some(class))(Some(behind), 9)).is_empty());
		}
		assert_pages(&[], |view: &View| view.id, of(Some(3)));
		assert_pages(&[], |view: &View| view.id, of(Some(ClassId::MAX)));
		let charlies =
			|after, limit| ContentDirectory::api_entities_of(CHARLIE, None, after, limit);
		assert_pages(&[], |view: &View| view.id, charlies);
	});
}

#[test]
fn entity_is_found_by_unique_value() {
	run(|| {
		let class =
			class("Named", &[one("a", TEXT).unique(), one("b", TEXT).unique(), one("c", TEXT)]);
		let id = create(ALICE, class, values([text("x"), text("y"), text("z")]));
		let find = |class, property, value| {
			ContentDirectory::api_entity_by_unique(class, property, value).map(|view| view.id)
		};
		assert_eq!(find(class, 0, text("x")), Some(id));
		assert_eq!(find(class, 1, text("y")), Some(id));
		assert_eq!(find(class, 0, text("y")), None);
		assert_eq!(find(class, 2, text("z")), None);
		assert_eq!(find(class, 3, text("x")), None);
		assert_eq!(find(class + 1, 0, text("x")), None);
		// Bytes are no text, even if they read the same.
		assert_eq!(find(class, 0, Scalar::Bytes(bounded(b"x"))), None);
	});
}

#[test]
fn entities_are_found_by_indexed_value() {
	run(|| {
		let class =
			class("Indexed", &[one("a", INT).indexed(), one("b", INT).indexed(), one("c", INT)]);
		let mut expected = Vec::new();
		for serial in [0, 255, 300, 65_535] {
			crate::Stats::<Test>::mutate(class, |stats| stats.next_serial = serial);
			expected.push(create(ALICE, class, values([int(-1), int(7), int(9)])));
			create(BOB, class, values([int(-2), int(-1), int(9)]));
			create(BOB, class, values([int(0)]));
		}
		let by = |property, value: Scalar| {
			move |after, limit| {
				let value = value.clone();
				ContentDirectory::api_entities_by_index(class, property, value, after, limit)
			}
		};
		assert_pages(&expected, |view| view.id, by(0, int(-1)));
		assert_pages(&expected, |view| view.id, by(1, int(7)));
		assert_pages(&[], |view: &View| view.id, by(2, int(9)));
		assert_pages(&[], |view: &View| view.id, by(0, int(7)));
		// The same place in the index, but another type.
		assert_pages(&[], |view: &View| view.id, by(0, Scalar::Timestamp(-1)));
	});
}

#[test]
fn entities_by_index_tell_texts_apart_that_share_their_place() {
	run(|| {
		let class = class("Long", &[one("text", TEXT).indexed()]);
		let prefix = "x".repeat(32);
		let texts = [
			prefix.clone(),
			format!("{prefix}a"),
			format!("{prefix}b"),
			format!("{prefix}a"),
			"a".into(),
			"a\0".into(),
			"a\0\0".into(),
			String::new(),
			"\0".into(),
		];
		let created =
			texts.iter().map(|of| create(ALICE, class, values([text(of)]))).collect::<Vec<_>>();
		for wanted in &texts {
			let holds = |(id, of): (&EntityId, &String)| (of == wanted).then_some(*id);
			let expected = created.iter().zip(&texts).filter_map(holds).collect::<Vec<_>>();
			let (mut seen, mut after) = (Vec::new(), None);
			loop {
				let page =
					ContentDirectory::api_entities_by_index(class, 0, text(wanted), after, 1);
				seen.extend(ids(&page));
				after = page.next;
				if after.is_none() {
					break;
				}
			}
			assert_eq!(seen, expected, "{wanted:?}");
		}
	});
}

#[test]
fn page_is_never_longer_than_the_limit() {
	run(|| {
		let class = simple_class();
		for _ in 0..MAX_PAGE + 1 {
			create(ALICE, class, values([]));
		}
		for limit in [MAX_PAGE, MAX_PAGE + 1, u32::MAX] {
			let page = ContentDirectory::api_entities(class, None, limit);
			assert_eq!(page.items.len(), MAX_PAGE as usize);
			let rest = ContentDirectory::api_entities(class, page.next, limit);
			assert_eq!((rest.items.len(), rest.next), (1, None));
		}
	});
}
