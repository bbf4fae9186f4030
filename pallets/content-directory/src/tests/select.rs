//! Queries: what they find, in which order, page by page, and by which entries.

use super::*;
use codec::Encode;
use frame_support::assert_noop;
use proptest::prelude::*;
use rome_primitives::content::{
	api::{EntityAs, Reading},
	index_key,
	limits::{MAX_PAGE, MAX_STRING_BYTES},
	select::{
		Access, Comparison, Field, KeyRange, Order, OrderBy, Plan, Position, Select, SelectError,
		Term, Unused,
	},
	Visibility,
};

const SIZE: PropertyId = 0;
const NAME: PropertyId = 1;
const KEY: PropertyId = 2;
const NOTE: PropertyId = 3;

/// `size` and `name` are indexed, `key` is unique, `note` is nothing else.
fn things() -> ClassId {
	class(
		"Thing",
		&[
			one("size", INT).indexed(),
			one("name", TEXT).indexed(),
			one("key", TEXT).unique(),
			one("note", TEXT),
		],
	)
}

fn query(class: ClassId, terms: &[Term]) -> Select {
	Select {
		class,
		version: None,
		condition: bounded(terms),
		order: None,
		properties: None,
		after: None,
		limit: MAX_PAGE,
	}
}

fn in_order(by: OrderBy, descending: bool, query: Select) -> Select {
	Select { order: Some(Order { by, descending }), ..query }
}

fn is(property: PropertyId, comparison: Comparison, value: Scalar) -> Term {
	Term::Compare(Field::Property(property), comparison, value)
}

fn equal(property: PropertyId, value: Scalar) -> Term {
	is(property, Comparison::Equal, value)
}

/// Everything that a query finds, by pages of `size`; none is longer.
fn pages(query: &Select, size: u32) -> Vec<EntityAs<AccountId>> {
	let (mut all, mut after) = (Vec::new(), query.after);
	loop {
		let select = Select { after, limit: size, ..query.clone() };
		let page = ContentDirectory::api_select(select).expect("the query is answered");
		assert!(page.items.len() <= size as usize);
		all.extend(page.items);
		after = page.next;
		if after.is_none() {
			return all;
		}
	}
}

fn serials(query: &Select) -> Vec<u32> {
	pages(query, MAX_PAGE).into_iter().map(|view| view.id.serial).collect()
}

fn refused(query: Select) -> SelectError {
	let error = ContentDirectory::api_select(query.clone()).expect_err("the query is refused");
	assert_eq!(ContentDirectory::api_explain_select(query), Err(error));
	error
}

fn plan(query: &Select) -> Plan {
	ContentDirectory::api_explain_select(query.clone()).expect("there is a plan")
}

#[test]
fn finds_by_each_kind_of_entry() {
	run(|| {
		let class = things();
		for (size, name, key) in [(5, "b", "k0"), (3, "a", "k1"), (5, "c", "k2"), (-1, "a", "k3")] {
			create(ALICE, class, values([int(size), text(name), text(key)]));
		}
		create(BOB, class, some(&[(NOTE, text("empty but for this"))]));
		let find = |terms: &[Term]| serials(&query(class, terms));
		assert_eq!(find(&[]), [0, 1, 2, 3, 4]);
		assert_eq!(find(&[equal(SIZE, int(5))]), [0, 2]);
		assert_eq!(find(&[equal(KEY, text("k2"))]), [2]);
		assert_eq!(find(&[equal(KEY, text("k9"))]), [0; 0]);
		assert_eq!(find(&[equal(NOTE, text("x"))]), [0; 0]);
		assert_eq!(find(&[Term::Contains(Field::Property(NOTE), text("but"))]), [4]);
		assert_eq!(find(&[Term::Empty(Field::Property(SIZE))]), [4]);
		// By value, then by id.
		assert_eq!(find(&[is(SIZE, Comparison::Greater, int(-9))]), [3, 1, 0, 2]);
		assert_eq!(find(&[is(SIZE, Comparison::Less, int(5))]), [3, 1]);
		let owner = Scalar::Bytes(bounded(&BOB.encode()));
		let of_bob = Term::Compare(Field::Owner, Comparison::Equal, owner);
		assert_eq!(find(&[of_bob]), [4]);
		let id = |serial| to(EntityId { class, serial });
		let ids = Term::In(Field::Id, bounded(&[id(4), id(1), id(7)]));
		assert_eq!(find(std::slice::from_ref(&ids)), [1, 4]);
		assert_eq!(find(&[ids, Term::Not]), [0, 2, 3]);
		let two = Term::In(Field::Property(KEY), bounded(&[text("k3"), text("k0")]));
		assert_eq!(find(std::slice::from_ref(&two)), [0, 3]);
		let down = in_order(OrderBy::Id, true, query(class, &[two]));
		assert_eq!(serials(&down), [3, 0]);
		assert_eq!(pages(&down, 1).len(), 2);
	});
}

#[test]
fn orders_up_and_down() {
	run(|| {
		let class = things();
		for size in [5, -3, 5, 8, -3] {
			create(ALICE, class, values([int(size)]));
		}
		create(ALICE, class, some::<Value>(&[]));
		let ordered = |by, descending, terms: &[Term]| {
			let query = in_order(by, descending, query(class, terms));
			let whole = serials(&query);
			for size in 1..4 {
				let joined: Vec<_> =
					pages(&query, size).iter().map(|view| view.id.serial).collect();
				assert_eq!(joined, whole);
			}
			whole
		};
		let by_size = OrderBy::Property(SIZE);
		assert_eq!(ordered(by_size, false, &[]), [1, 4, 0, 2, 3]);
		assert_eq!(ordered(by_size, true, &[]), [3, 2, 0, 4, 1]);
		assert_eq!(ordered(OrderBy::Id, true, &[]), [5, 4, 3, 2, 1, 0]);
		assert_eq!(ordered(OrderBy::Id, false, &[equal(SIZE, int(-3))]), [1, 4]);
		assert_eq!(ordered(OrderBy::Id, true, &[equal(SIZE, int(-3))]), [4, 1]);
		assert_eq!(ordered(by_size, true, &[is(SIZE, Comparison::Less, int(8))]), [2, 0, 4, 1]);
		assert_eq!(
			refused(in_order(OrderBy::Property(NOTE), false, query(class, &[]))),
			SelectError::OrderNotIndexed(NOTE)
		);
	});
}

#[test]
fn long_texts_are_looked_at_beyond_their_keys() {
	run(|| {
		let class = things();
		let long = |last: &str| text(&format!("{}{last}", "x".repeat(40)));
		for name in [long("b"), long("a"), long("c"), text("x")] {
			create(ALICE, class, some(&[(NAME, name)]));
		}
		let find = |terms: &[Term]| serials(&query(class, terms));
		assert_eq!(find(&[equal(NAME, long("a"))]), [1]);
		assert_eq!(find(&[is(NAME, Comparison::Greater, long("a"))]), [0, 2]);
		assert_eq!(find(&[is(NAME, Comparison::AtMost, long("a"))]), [3, 1]);
		let apart = [is(NAME, Comparison::Less, long("b")), equal(NAME, text("x")), Term::Or];
		assert_eq!(find(&apart), [3, 1]);
	});
}

#[test]
fn gives_what_is_wanted_of_an_entity() {
	run(|| {
		let class = things();
		let id = create(ALICE, class, values([int(1), text("a"), text("k")]));
		let wanted = Select { properties: Some(bounded(&[NAME])), ..query(class, &[]) };
		let view = pages(&wanted, 1).pop().expect("it is found");
		assert_eq!((view.id, view.owner, view.stored, view.version), (id, ALICE, 1, 1));
		assert_eq!((view.reading, view.visibility), (Reading::Complete, Visibility::Visible));
		assert_eq!(view.values, some(&[(NAME, text("a"))]));
		// What is not wanted still decides.
		let wanted = Select { condition: bounded(&[equal(SIZE, int(2))]), ..wanted };
		assert_eq!(serials(&wanted), [0; 0]);
	});
}

#[test]
fn hidden_entities_are_left_out_unless_asked_for() {
	run(|| {
		let class = things();
		for _ in 0..3 {
			create(ALICE, class, values([int(1)]));
		}
		let reason = || bounded(b"for a test");
		for (serial, visibility) in [
			(0u32, Visibility::Hidden { group: 0, reason: reason() }),
			(1, Visibility::Frozen { group: 0, reason: reason() }),
		] {
			Entities::<Test>::mutate(class, serial.to_be_bytes(), |entity| {
				entity.as_mut().expect("it exists").visibility = visibility;
			});
		}
		assert_eq!(serials(&query(class, &[])), [1, 2]);
		assert_eq!(serials(&query(class, &[equal(SIZE, int(1))])), [1, 2]);
		let is_visibility =
			|at| Term::Compare(Field::Visibility, Comparison::Equal, Scalar::Enum(at));
		assert_eq!(
			[0, 1, 2].map(|at| serials(&query(class, &[is_visibility(at)]))),
			[[2], [0], [1]]
		);
		let each = Term::Compare(Field::Visibility, Comparison::AtLeast, Scalar::Enum(0));
		assert_eq!(serials(&query(class, &[each])), [0, 1, 2]);
	});
}

#[test]
fn explains_what_it_does() {
	run(|| {
		let class = things();
		let found = plan(&query(class, &[equal(SIZE, int(5)), equal(NOTE, text("a")), Term::And]));
		let ranges = vec![KeyRange { from: index_key(&int(5)), to: index_key(&int(5)) }];
		assert_eq!(found.access, Access::Index { property: SIZE, ranges });
		assert_eq!((found.version, found.descending), (1, false));
		assert_eq!((found.unused, found.left_out), (vec![], vec![]));
		let found =
			plan(&in_order(OrderBy::Id, true, query(class, &[is(SIZE, Comparison::Less, int(5))])));
		assert_eq!(found.access, Access::Walk { ranges: vec![(0, u32::MAX)] });
		assert_eq!((found.unused, found.descending), (vec![(SIZE, Unused::Order)], true));
	});
}

#[test]
fn refuses_what_it_cannot_answer() {
	run(|| {
		let class = things();
		create(ALICE, class, values([int(1)]));
		assert_eq!(refused(query(9, &[])), SelectError::ClassNotFound);
		assert!(matches!(
			refused(Select { version: Some(2), ..query(class, &[]) }),
			SelectError::Unreadable(_)
		));
		assert_eq!(refused(query(class, &[Term::And])), SelectError::Malformed);
		assert_eq!(
			refused(query(class, &[equal(NOTE, int(1))])),
			SelectError::WrongType(Field::Property(NOTE))
		);
		let serial = Some(Position::Serial(0));
		let entry = Some(Position::Entry(SIZE, index_key(&int(1)), 0));
		let other = Some(Position::Entry(NAME, index_key(&int(1)), 0));
		let by_index = query(class, &[equal(SIZE, int(1))]);
		for (query, after) in
			[(query(class, &[]), entry), (by_index.clone(), serial), (by_index, other)]
		{
			assert_noop!(
				ContentDirectory::api_select(Select { after, ..query }),
				SelectError::OtherPosition
			);
		}
	});
}

#[test]
fn work_per_call_is_bounded() {
	run(|| {
		let class = things();
		crate::mock::System::set_block_number(2);
		let (count, wanted) = (MAX_PAGE + 10, MAX_PAGE + 3);
		for serial in 0..count {
			create(ALICE, class, values([int((serial == wanted).into())]));
		}
		// Nothing is found among those looked at, and still there is a next page.
		let sought = query(class, &[equal(NOTE, text("x"))]);
		let page = ContentDirectory::api_select(sought.clone()).expect("an answer");
		assert_eq!(page.items.len(), 0);
		assert_eq!(page.next, Some(Position::Serial(MAX_PAGE - 1)));
		assert_eq!(serials(&sought), [0; 0]);
		// By the index it takes one look.
		let sought = query(class, &[equal(SIZE, int(1))]);
		let page = ContentDirectory::api_select(sought).expect("an answer");
		assert_eq!((page.items.len(), page.next), (1, None));
	});
	run(|| {
		let class =
			class("Large", &[one("text", ScalarType::Text { max_length: MAX_STRING_BYTES })]);
		let long = "x".repeat(MAX_STRING_BYTES as usize);
		for _ in 0..300 {
			create(ALICE, class, values([text(&long)]));
		}
		let page = ContentDirectory::api_select(query(class, &[])).expect("an answer");
		assert!((200..300).contains(&page.items.len()), "{}", page.items.len());
		assert_eq!(serials(&query(class, &[])).len(), 300);
	});
}

#[test]
fn reads_every_entity_as_one_version() {
	run(|| {
		let class = class("Thing", &[one("size", INT).indexed(), one("note", TEXT)]);
		create(ALICE, class, values([int(5), text("old")]));
		create(ALICE, class, values([int(50), text("large")]));
		let tight = ScalarType::Int { min: None, max: Some(10) };
		let second = [
			one("width", tight).indexed().carries(0),
			DraftProperty { rule: Some(Rule::Default(text("thing").into())), ..one("kind", TEXT) },
		];
		assert_eq!(upgrade(class, &second), 2);
		create(BOB, class, some(&[(0, int(5)), (2, text("other"))]));

		let sized = query(class, &[equal(0, int(5))]);
		assert!(matches!(plan(&sized).access, Access::Index { .. }));
		let found = pages(&sized, 10);
		let read: Vec<_> = found.iter().map(|it| (it.id.serial, it.stored, it.version)).collect();
		assert_eq!(read, [(0, 1, 2), (2, 2, 2)]);
		assert_eq!(found[0].values, some(&[(0, int(5)), (2, text("thing"))]));
		// What does not fit any more is asked for, and is no value.
		assert_eq!(serials(&query(class, &[equal(0, int(50))])), [0; 0]);
		let empty = pages(&query(class, &[Term::Empty(Field::Property(0))]), 10);
		assert_eq!((empty.len(), &empty[0].reading), (1, &Reading::Asks(vec![0])));
		// Only the version tells a default from a value.
		assert_eq!(serials(&query(class, &[equal(2, text("thing"))])), [0, 1]);

		let as_first = Select { version: Some(1), ..query(class, &[]) };
		assert_eq!(serials(&as_first), [0, 1]);
		assert_eq!(plan(&as_first).left_out, [2]);
		let as_first = Select { condition: bounded(&[equal(0, int(50))]), ..as_first };
		assert!(matches!(plan(&as_first).access, Access::Index { .. }));
		assert_eq!(serials(&as_first), [1]);
		assert_eq!(
			refused(query(class, &[equal(1, text("old"))])),
			SelectError::UnknownProperty(1)
		);
	});
}

#[test]
fn an_index_is_used_once_it_is_complete() {
	run(|| {
		let class = class("Thing", &[one("size", INT)]);
		for size in [5, 6, 5] {
			create(ALICE, class, values([int(size)]));
		}
		upgrade(class, &[one("size", INT).indexed().carries(0)]);
		create(ALICE, class, values([int(5)]));
		let sized = query(class, &[equal(0, int(5))]);
		assert!(crate::Builds::<Test>::contains_key(class));
		assert_eq!(plan(&sized).unused, [(0, Unused::Building)]);
		assert_eq!(serials(&sized), [0, 2, 3]);
		assert_eq!(
			refused(in_order(OrderBy::Property(0), false, sized.clone())),
			SelectError::OrderUnavailable(0, Unused::Building)
		);
		ContentDirectory::maintain(&mut frame_support::weights::WeightMeter::new());
		assert!(!crate::Builds::<Test>::contains_key(class));
		assert!(matches!(plan(&sized).access, Access::Index { .. }));
		assert_eq!(serials(&sized), [0, 2, 3]);
	});
}

/// A condition on size and name.
fn any_condition() -> impl Strategy<Value = Vec<Term>> {
	use Comparison::*;
	let comparison =
		|| proptest::sample::select(vec![Equal, NotEqual, Less, AtMost, Greater, AtLeast]);
	let size = (-2i64..4, comparison()).prop_map(|(value, how)| is(SIZE, how, int(value)));
	let name = (0u8..4, comparison()).prop_map(|(value, how)| is(NAME, how, name(value)));
	let term = prop_oneof![size, name, Just(Term::Empty(Field::Property(SIZE)))];
	proptest::collection::vec((term, 0u8..3), 0..4).prop_map(|parts| {
		let mut terms = Vec::new();
		for (term, then) in parts {
			let first = terms.is_empty();
			terms.push(term);
			match (first, then) {
				(false, 0) => terms.push(Term::Or),
				(false, _) => terms.push(Term::And),
				(true, 0) => terms.push(Term::Not),
				(true, _) => {},
			}
		}
		terms
	})
}

/// Some share their first 32 bytes.
fn name(number: u8) -> Scalar {
	match number {
		0 => text("a"),
		other => text(&format!("{}{other}", "n".repeat(35))),
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(150))]

	/// Whatever is stored, asked and in whichever order: the pages yield just what looking at every entity
	/// does, in that order.
	#[test]
	fn finds_what_looking_at_everything_finds(
		stored in proptest::collection::vec(
			(proptest::option::of(-2i64..4), proptest::option::of(0u8..4), 0u8..8), 0..25,
		),
		terms in any_condition(),
		by in proptest::option::of(proptest::sample::select(vec![
			OrderBy::Id,
			OrderBy::Property(SIZE),
			OrderBy::Property(NAME),
		])),
		descending in any::<bool>(),
		size in 1u32..7,
	) {
		run(|| {
			let class = things();
			for (size, named, _) in &stored {
				let size = size.map(|size| (SIZE, int(size)));
				let named = named.map(|named| (NAME, name(named)));
				create(ALICE, class, some(&size.into_iter().chain(named).collect::<Vec<_>>()));
			}
			let mut left: Vec<u32> = Vec::new();
			for (serial, (_, _, fate)) in (0u32..).zip(&stored) {
				match fate {
					0 => {
						assert_ok!(remove(ALICE, EntityId { class, serial }));
					},
					_ => left.push(serial),
				}
			}
			let order = by.map(|by| Order { by, descending });
			let select = Select { order, ..query(class, &terms) };
			let find = |serial: &u32| {
				let id = EntityId { class, serial: *serial };
				let entity = stored_values(id);
				let candidate = rome_primitives::content::select::Candidate::new(
					id, ALICE.encode(), 1, &Visibility::Visible, &entity,
				);
				select.wants(&candidate)
			};
			let mut expected: Vec<u32> = left.into_iter().filter(find).collect();
			let mut found: Vec<u32> =
				pages(&select, size).iter().map(|view| view.id.serial).collect();
			match by {
				// The plan chose an order.
				None => found.sort(),
				Some(by) => {
					if let OrderBy::Property(property) = by {
						expected.sort_by_key(|serial| {
							let values = stored_values(EntityId { class, serial: *serial });
							let value = values.value(property).and_then(Value::single).cloned();
							(value.map(|value| index_key(&value)), *serial)
						});
					}
					if descending {
						expected.reverse();
					}
				},
			}
			assert_eq!(found, expected, "{:?}", plan(&select));
		});
	}
}

fn stored_values(id: EntityId) -> EntityValues {
	stored(id).values
}
