//! Which entities a query wants, and how they are found.

use super::*;
use crate::content::{limits::MAX_STRING_BYTES, select::*};
use proptest::prelude::*;

const SIZE: Field = Field::Property(0);
const NAME: Field = Field::Property(1);
const KEY: Field = Field::Property(2);
const TAGS: Field = Field::Property(3);
const NOTE: Field = Field::Property(4);

fn indexed(mut property: Property) -> Property {
	property.indexed = true;
	property
}

fn unique(mut property: Property) -> Property {
	property.unique = true;
	property
}

/// `size` and `name` are indexed, `key` is unique, `tags` is a list, `note` is nothing else.
fn things() -> Schema {
	schema(&[
		indexed(one("size", INT)),
		indexed(one("name", TEXT)),
		unique(one("key", TEXT)),
		list("tags", TEXT, 5),
		one("note", TEXT),
	])
}

fn int(value: i64) -> Scalar {
	Scalar::Int(value)
}

fn is(field: Field, comparison: Comparison, value: Scalar) -> Term {
	Term::Compare(field, comparison, value)
}

fn equal(field: Field, value: Scalar) -> Term {
	is(field, Comparison::Equal, value)
}

fn among(field: Field, values: &[Scalar]) -> Term {
	Term::In(field, bounded(values))
}

fn query(terms: &[Term]) -> Select {
	Select {
		class: 7,
		version: None,
		condition: bounded(terms),
		order: None,
		properties: None,
		after: None,
		limit: 10,
	}
}

fn ordered(by: OrderBy, terms: &[Term]) -> Select {
	Select { order: Some(Order { by, descending: false }), ..query(terms) }
}

fn wants_of(select: &Select, visibility: &Visibility, values: &[(PropertyId, Value)]) -> bool {
	let values = entity_values(values);
	let id = EntityId { class: 7, serial: 3 };
	select.wants(&Candidate::new(id, vec![1; 32], 2, visibility, &values))
}

fn wants(terms: &[Term], values: &[(PropertyId, Value)]) -> bool {
	wants_of(&query(terms), &Visibility::Visible, values)
}

#[test]
fn compares_single_values() {
	let five = [(0, int(5).into())];
	let holds = |comparison, value| wants(&[is(SIZE, comparison, int(value))], &five);
	let cases = [
		(Comparison::Equal, [false, true, false]),
		(Comparison::NotEqual, [true, false, true]),
		(Comparison::Less, [false, false, true]),
		(Comparison::AtMost, [false, true, true]),
		(Comparison::Greater, [true, false, false]),
		(Comparison::AtLeast, [true, true, false]),
	];
	for (comparison, expected) in cases {
		assert_eq!([4, 5, 6].map(|value| holds(comparison, value)), expected, "{comparison:?}");
		assert!(!wants(&[is(SIZE, comparison, int(5))], &[]), "empty: {comparison:?}");
	}
	assert!(wants(&[among(SIZE, &[int(4), int(5)])], &five));
	assert!(!wants(&[among(SIZE, &[int(4)])], &five));
	assert!(!wants(&[among(SIZE, &[])], &five));
	// Texts compare byte by byte, however long they are.
	let long = |last| format!("{}{last}", "x".repeat(40));
	let name = [(1, text(&long("b")).into())];
	assert!(wants(&[is(NAME, Comparison::Greater, text(&long("a")))], &name));
	assert!(!wants(&[equal(NAME, text(&long("a")))], &name));
}

#[test]
fn an_empty_property_fulfils_no_comparison() {
	assert!(wants(&[Term::Empty(SIZE)], &[]));
	assert!(!wants(&[Term::Empty(SIZE)], &[(0, int(1).into())]));
	assert!(wants(&[Term::Empty(TAGS)], &[(3, Value::List(bounded(&[])))]));
	assert!(wants(&[equal(SIZE, int(1)), Term::Not], &[]));
	assert!(!wants(&[is(SIZE, Comparison::NotEqual, int(1))], &[]));
	assert!(!wants(&[Term::Contains(NAME, text(""))], &[]));
}

#[test]
fn looks_into_texts_and_lists() {
	let values = [
		(1, text("Große Freiheit").into()),
		(3, Value::List(bounded(&[text("red"), text("green")]))),
	];
	assert!(wants(&[Term::Contains(NAME, text("ße F"))], &values));
	assert!(!wants(&[Term::Contains(NAME, text("SSE"))], &values));
	assert!(wants(&[Term::Contains(TAGS, text("red"))], &values));
	// An item, not a part of one.
	assert!(!wants(&[Term::Contains(TAGS, text("re"))], &values));
}

#[test]
fn knows_what_stands_beside_the_properties() {
	let id = |serial| reference(7, serial);
	assert!(wants(&[equal(Field::Id, id(3))], &[]));
	assert!(!wants(&[is(Field::Id, Comparison::Greater, id(3))], &[]));
	assert!(wants(&[equal(Field::Owner, Scalar::Bytes(bounded(&[1; 32])))], &[]));
	assert!(!wants(&[equal(Field::Owner, Scalar::Bytes(bounded(&[2; 32])))], &[]));
	assert!(wants(&[is(Field::Version, Comparison::Less, int(3))], &[]));
	assert!(!wants(&[Term::Empty(Field::Id)], &[]));
}

#[test]
fn hidden_entities_are_asked_for() {
	let hidden = Visibility::Hidden { group: 0, reason: Default::default() };
	let frozen = Visibility::Frozen { group: 0, reason: Default::default() };
	assert!(!wants_of(&query(&[]), &hidden, &[]));
	assert!(wants_of(&query(&[]), &frozen, &[]));
	let is_hidden = equal(Field::Visibility, Scalar::Enum(1));
	assert!(wants_of(&query(std::slice::from_ref(&is_hidden)), &hidden, &[]));
	assert!(!wants_of(&query(std::slice::from_ref(&is_hidden)), &frozen, &[]));
	assert!(wants_of(&query(&[is_hidden, Term::Not]), &frozen, &[]));
}

#[test]
fn connectives_take_what_comes_before() {
	let (yes, no) = (Term::Empty(NOTE), equal(NOTE, text("x")));
	let of =
		|terms: &[&Term]| wants(&terms.iter().map(|it| (*it).clone()).collect::<Vec<_>>(), &[]);
	use Term::{And, Not, Or};
	assert!(of(&[]));
	for (first, second, and, or) in [
		(&yes, &yes, true, true),
		(&yes, &no, false, true),
		(&no, &yes, false, true),
		(&no, &no, false, false),
	] {
		assert_eq!(of(&[first, second, &And]), and);
		assert_eq!(of(&[first, second, &Or]), or);
	}
	// not (no and yes) or no
	assert!(of(&[&no, &yes, &And, &Not, &no, &Or]));
}

#[test]
fn refuses_what_is_no_condition() {
	let yes = Term::Empty(NOTE);
	let check = |terms: &[Term]| query(terms).check(&things());
	assert_eq!(check(&[]), Ok(()));
	assert_eq!(check(&[yes.clone(), Term::Not]), Ok(()));
	for wrong in [
		vec![Term::And],
		vec![Term::Not],
		vec![yes.clone(), Term::Or],
		vec![yes.clone(), yes.clone()],
		vec![yes.clone(), Term::And, yes.clone()],
	] {
		assert_eq!(check(&wrong), Err(SelectError::Malformed), "{wrong:?}");
	}
	let unknown = Field::Property(9);
	assert_eq!(check(&[equal(unknown, int(1))]), Err(SelectError::UnknownProperty(9)));
	assert_eq!(check(&[equal(SIZE, text("1"))]), Err(SelectError::WrongType(SIZE)));
	assert_eq!(check(&[among(SIZE, &[int(1), text("1")])]), Err(SelectError::WrongType(SIZE)));
	assert_eq!(check(&[equal(TAGS, text("a"))]), Err(SelectError::WrongOperator(TAGS)));
	assert_eq!(check(&[Term::Contains(TAGS, int(1))]), Err(SelectError::WrongType(TAGS)));
	assert_eq!(check(&[Term::Contains(SIZE, int(1))]), Err(SelectError::WrongOperator(SIZE)));
	assert_eq!(
		check(&[equal(Field::Visibility, Scalar::Enum(3))]),
		Err(SelectError::WrongType(Field::Visibility))
	);
	assert_eq!(
		ordered(OrderBy::Property(9), &[]).check(&things()),
		Err(SelectError::UnknownProperty(9))
	);
	let projected = Select { properties: Some(bounded(&[0, 9])), ..query(&[]) };
	assert_eq!(projected.check(&things()), Err(SelectError::UnknownProperty(9)));
}

#[test]
fn queries_are_bounded() {
	let long = Scalar::Text(bounded(&vec![b'x'; MAX_STRING_BYTES as usize]));
	let terms = [equal(NAME, long.clone()), equal(NAME, long), Term::Or];
	assert_eq!(query(&terms).check(&things()), Err(SelectError::TooLarge));
	let many = among(SIZE, &vec![int(1); MAX_CHOICES as usize]);
	let mut terms = vec![many.clone()];
	for _ in 0..MAX_OPERANDS / MAX_CHOICES {
		assert_eq!(query(&terms).check(&things()), Ok(()));
		terms.extend([many.clone(), Term::Or]);
	}
	assert_eq!(query(&terms).check(&things()), Err(SelectError::TooLarge));
}

fn planned(select: &Select) -> Result<Plan, SelectError> {
	planned_with(select, &[(1, things())], &[(1, 10)], &[])
}

fn planned_with(
	select: &Select,
	versions: &[(SchemaVersion, Schema)],
	stored: &[(SchemaVersion, u32)],
	building: &[PropertyId],
) -> Result<Plan, SelectError> {
	assert_eq!(select.check(&versions.last().expect("a version").1), Ok(()));
	plan(select, &Facts { versions, stored, building })
}

fn access(terms: &[Term]) -> Access {
	planned(&query(terms)).expect("a plan").access
}

fn point(value: Scalar) -> KeyRange {
	KeyRange::of(&value)
}

fn index(property: PropertyId, ranges: &[KeyRange]) -> Access {
	Access::Index { property, ranges: ranges.to_vec() }
}

fn is_walk(access: &Access) -> bool {
	matches!(access, Access::Walk { .. })
}

#[test]
fn plans_by_index() {
	let from = |value| KeyRange { from: index_key(&int(value)), to: KeyRange::ALL.to };
	let up_to = |value| KeyRange { from: KeyRange::ALL.from, to: index_key(&int(value)) };
	let between = |low, high| KeyRange { from: from(low).from, to: up_to(high).to };
	use Comparison::*;
	use Term::{And, Not, Or};
	assert_eq!(access(&[equal(SIZE, int(5))]), index(0, &[point(int(5))]));
	assert_eq!(access(&[is(SIZE, Greater, int(5))]), index(0, &[from(5)]));
	assert_eq!(access(&[is(SIZE, AtMost, int(5))]), index(0, &[up_to(5)]));
	assert_eq!(
		access(&[is(SIZE, AtLeast, int(2)), is(SIZE, Less, int(5)), And]),
		index(0, &[between(2, 5)])
	);
	assert_eq!(
		access(&[among(SIZE, &[int(3), int(1), int(3)])]),
		index(0, &[point(int(1)), point(int(3))])
	);
	assert_eq!(
		access(&[equal(SIZE, int(9)), is(SIZE, Less, int(2)), Or]),
		index(0, &[up_to(2), point(int(9))])
	);
	// A value other than 5 cannot be told from no value.
	assert_eq!(access(&[is(SIZE, NotEqual, int(5)), Not]), access(&[]));
	assert_eq!(
		access(&[is(SIZE, NotEqual, int(5)), Not, Term::Empty(SIZE), Not, And]),
		index(0, &[point(int(5))])
	);
	assert!(is_walk(&access(&[is(SIZE, Less, int(5)), Not])));
	// What else must hold does no harm, what else may hold does.
	let name = equal(NOTE, text("x"));
	assert_eq!(access(&[equal(SIZE, int(5)), name.clone(), And]), index(0, &[point(int(5))]));
	assert!(is_walk(&access(&[equal(SIZE, int(5)), name, Or])));
	// One value is better than a stretch, a stretch with two ends better than with one.
	let name = equal(NAME, text("a"));
	assert_eq!(access(&[is(SIZE, Less, int(5)), name, And]), index(1, &[point(text("a"))]));
	let name = [is(NAME, Greater, text("a")), is(NAME, Less, text("b")), And];
	let terms = [&[is(SIZE, Less, int(5))], &name[..], &[And]].concat();
	assert!(matches!(access(&terms), Access::Index { property: 1, .. }));
}

#[test]
fn plans_by_unique_value_id_and_owner() {
	use Comparison::*;
	use Term::{And, Or};
	let held = |values: &[&str]| Access::Unique {
		property: 2,
		values: values.iter().map(|value| text(value)).collect(),
	};
	assert_eq!(access(&[equal(KEY, text("a"))]), held(&["a"]));
	assert_eq!(access(&[equal(KEY, text("a")), equal(KEY, text("b")), Or]), held(&["a", "b"]));
	assert_eq!(access(&[equal(KEY, text("a")), equal(SIZE, int(1)), And]), held(&["a"]));
	assert_eq!(
		access(&[among(KEY, &[text("a"), text("b")]), among(KEY, &[text("b"), text("c")]), And]),
		held(&["b"])
	);
	// Unique entries have no order.
	assert!(is_walk(&access(&[is(KEY, Less, text("a"))])));

	let walk = |ranges: &[(u32, u32)]| Access::Walk { ranges: ranges.to_vec() };
	let id = |serial| reference(7, serial);
	assert_eq!(access(&[]), walk(&[(0, u32::MAX)]));
	assert_eq!(access(&[among(Field::Id, &[id(9), id(4)])]), walk(&[(4, 4), (9, 9)]));
	assert_eq!(access(&[is(Field::Id, AtLeast, id(4))]), walk(&[(4, u32::MAX)]));
	assert_eq!(access(&[equal(Field::Id, reference(8, 1))]), Access::Nothing);
	assert_eq!(access(&[is(Field::Id, Less, reference(8, 1))]), walk(&[(0, u32::MAX)]));
	assert_eq!(access(&[equal(Field::Id, id(4)), equal(SIZE, int(1)), And]), walk(&[(4, 4)]));

	let owner = equal(Field::Owner, Scalar::Bytes(bounded(&[1; 32])));
	let by_owner = Access::Owner { owner: vec![1; 32] };
	assert_eq!(access(std::slice::from_ref(&owner)), by_owner);
	let stretch = is(SIZE, Less, int(1));
	assert_eq!(access(&[owner.clone(), stretch, And]), by_owner);
	assert_eq!(access(&[owner, equal(SIZE, int(1)), And]), index(0, &[point(int(1))]));
}

#[test]
fn sees_contradictions() {
	use Comparison::*;
	use Term::And;
	let none = |terms: &[Term]| assert_eq!(access(terms), Access::Nothing, "{terms:?}");
	none(&[is(SIZE, Less, int(1)), is(SIZE, Greater, int(2)), And]);
	none(&[equal(SIZE, int(1)), Term::Empty(SIZE), And]);
	none(&[equal(KEY, text("a")), Term::Empty(KEY), And]);
	none(&[among(NAME, &[])]);
	// Texts that share their first 32 bytes share their key: each is looked at.
	let long = |last: &str| text(&format!("{}{last}", "x".repeat(32)));
	let both = [is(NAME, Greater, long("b")), is(NAME, Less, long("a")), And];
	assert!(matches!(access(&both), Access::Index { property: 1, .. }));
}

#[test]
fn an_order_decides_what_is_walked() {
	use Comparison::*;
	use Term::And;
	let chosen = |select: &Select| planned(select).expect("a plan");
	let by_size = |terms: &[Term]| chosen(&ordered(OrderBy::Property(0), terms));
	assert_eq!(by_size(&[]).access, index(0, &[KeyRange::ALL]));
	let plan = by_size(&[equal(NAME, text("a"))]);
	assert_eq!(plan.access, index(0, &[KeyRange::ALL]));
	assert_eq!(plan.unused, [(1, Unused::Order)]);
	assert_eq!(by_size(&[equal(SIZE, int(1))]).access, index(0, &[point(int(1))]));
	assert!(matches!(by_size(&[equal(KEY, text("a"))]).access, Access::Unique { .. }));
	let two = by_size(&[among(KEY, &[text("a"), text("b")])]);
	assert_eq!((two.access, two.unused), (index(0, &[KeyRange::ALL]), vec![(2, Unused::Order)]));
	assert_eq!(by_size(&[Term::Empty(SIZE)]).access, Access::Nothing);

	let by_id = |terms: &[Term]| chosen(&ordered(OrderBy::Id, terms));
	assert_eq!(by_id(&[equal(SIZE, int(1))]).access, index(0, &[point(int(1))]));
	let plan = by_id(&[is(SIZE, Less, int(1))]);
	assert!(is_walk(&plan.access));
	assert_eq!(plan.unused, [(0, Unused::Order)]);
	let both = [among(SIZE, &[int(1), int(2)]), among(KEY, &[text("a"), text("b")]), And];
	assert!(matches!(by_id(&both).access, Access::Unique { .. }));

	let refused = |id| planned(&ordered(OrderBy::Property(id), &[])).unwrap_err();
	assert_eq!(refused(4), SelectError::OrderNotIndexed(4));
	assert_eq!(refused(2), SelectError::OrderNotIndexed(2));
}

#[test]
fn entries_that_are_being_built_are_not_used() {
	let building = |select: &Select| planned_with(select, &[(1, things())], &[(1, 10)], &[0, 2]);
	let plan = building(&query(&[equal(SIZE, int(1))])).expect("a plan");
	assert!(is_walk(&plan.access));
	assert_eq!(plan.unused, [(0, Unused::Building)]);
	let plan = building(&query(&[equal(KEY, text("a"))])).expect("a plan");
	assert!(is_walk(&plan.access));
	assert_eq!(plan.unused, [(2, Unused::Building)]);
	assert_eq!(
		building(&ordered(OrderBy::Property(0), &[])),
		Err(SelectError::OrderUnavailable(0, Unused::Building))
	);
}

/// A version in which property 0 has this source, besides a property that nothing is known of.
fn next(id: PropertyId, rule: Option<Rule>, property: Property) -> Schema {
	let (unique_entries, index_entries) = (property.unique, property.indexed);
	let property = SchemaProperty { id, property, rule, unique_entries, index_entries };
	Schema { status: SchemaStatus::Active, base: 1, properties: bounded(&[property]) }
}

#[test]
fn older_versions_may_lack_entries() {
	let size = indexed(one("size", INT));
	let carry = || Some(Rule::Carry(Carry { from: 0 }));
	let old = |index_entries| {
		let mut schema = schema(&[one("size", INT)]);
		let property = SchemaProperty { index_entries, ..schema.properties[0].clone() };
		schema.properties = bounded(&[property]);
		schema
	};
	let used = |versions: &[(SchemaVersion, Schema)], stored: &[(SchemaVersion, u32)]| {
		let id = versions[versions.len() - 1].1.properties[0].id;
		let terms = [equal(Field::Property(id), int(1))];
		let plan = planned_with(&query(&terms), versions, stored, &[]).expect("a plan");
		match plan.access {
			Access::Index { .. } => None,
			_ => Some(plan.unused),
		}
	};
	let both = [(1, 5), (2, 5)];
	// Carried, with entries since then or not.
	let with = [(1, old(true)), (2, next(0, carry(), size.clone()))];
	let without = [(1, old(false)), (2, next(0, carry(), size.clone()))];
	let unused = |id| Some(vec![(id, Unused::OlderVersions)]);
	assert_eq!(used(&with, &both), None);
	assert_eq!(used(&without, &both), unused(0));
	// Nobody is left there.
	assert_eq!(used(&without, &[(1, 0), (2, 5)]), None);
	// New in the second version: empty before, or with a value from elsewhere.
	let new = |rule| [(1, old(false)), (2, next(3, rule, size.clone()))];
	let default = Some(Rule::Default(int(1).into()));
	let cast = Some(Rule::Cast(Cast { from: 0, table: Default::default() }));
	assert_eq!(used(&new(None), &both), None);
	assert_eq!(used(&new(Some(Rule::Ask)), &both), None);
	assert_eq!(used(&new(default.clone()), &both), unused(3));
	assert_eq!(used(&new(cast), &both), unused(3));
	assert_eq!(used(&new(default), &[(1, 0), (2, 5)]), None);
	// A free-form document has no values at all.
	assert_eq!(used(&with[1..], &[(0, 5), (2, 5)]), None);
}

#[test]
fn unique_entries_count_if_every_version_asked_for_them() {
	let key = || unique(one("key", INT));
	let mut old = schema(&[one("key", INT)]);
	// Given to older entities too, but those that came too late have none.
	let property = SchemaProperty { unique_entries: true, ..old.properties[0].clone() };
	old.properties = bounded(&[property]);
	let carry = Some(Rule::Carry(Carry { from: 0 }));
	let versions = [(1, old), (2, next(0, carry.clone(), key()))];
	let select = query(&[equal(SIZE, int(1))]);
	let plan = planned_with(&select, &versions, &[(1, 1), (2, 1)], &[]).expect("a plan");
	assert!(is_walk(&plan.access));
	assert_eq!(plan.unused, [(0, Unused::OlderVersions)]);
	let plan = planned_with(&select, &versions, &[(1, 0), (2, 1)], &[]).expect("a plan");
	assert!(matches!(plan.access, Access::Unique { .. }));
	let versions = [(1, schema(&[key()])), (2, next(0, carry, key()))];
	let plan = planned_with(&select, &versions, &[(1, 1), (2, 1)], &[]).expect("a plan");
	assert!(matches!(plan.access, Access::Unique { .. }));
}

#[test]
fn tells_which_versions_are_left_out() {
	let stored = [(0, 1), (1, 2), (2, 3), (3, 0), (4, 1)];
	let versions = [(2, things())];
	let plan = planned_with(&query(&[]), &versions, &stored, &[]).expect("a plan");
	assert_eq!((plan.version, plan.left_out), (2, vec![1, 4]));
}

fn any_scalar() -> impl Strategy<Value = (PropertyId, Scalar)> {
	let long = "x".repeat(33);
	let texts = ["", "a", "b", "ab", "x", &long].map(str::to_string);
	let texts = proptest::sample::select(texts.to_vec()).prop_map(|it| text(&it));
	prop_oneof![
		(-2i64..3).prop_map(|value| (0, int(value))),
		texts.clone().prop_map(|value| (1, value)),
		texts.prop_map(|value| (2, value)),
	]
}

fn any_term() -> impl Strategy<Value = Term> {
	use Comparison::*;
	let comparison =
		proptest::sample::select(vec![Equal, NotEqual, Less, AtMost, Greater, AtLeast]);
	prop_oneof![
		(any_scalar(), comparison).prop_map(|((id, value), comparison)| is(
			Field::Property(id),
			comparison,
			value
		)),
		proptest::collection::vec(any_scalar(), 1..4).prop_map(|values| {
			let id = values[0].0;
			let of = values.into_iter().filter(|(other, _)| *other == id);
			among(Field::Property(id), &of.map(|(_, value)| value).collect::<Vec<_>>())
		}),
		(0u16..3).prop_map(|id| Term::Empty(Field::Property(id))),
	]
}

/// Conditions, by putting connectives where there is something to connect.
fn any_condition() -> impl Strategy<Value = Vec<Term>> {
	proptest::collection::vec((any_term(), 0u8..4), 1..8).prop_map(|parts| {
		let (mut terms, mut waiting) = (Vec::new(), 0);
		for (term, then) in parts {
			terms.push(term);
			waiting += 1;
			match then {
				0 if waiting > 1 => {
					terms.push(Term::Or);
					waiting -= 1;
				},
				1 => terms.push(Term::Not),
				2 if waiting > 1 => {
					terms.extend([Term::And, Term::Not]);
					waiting -= 1;
				},
				_ => {},
			}
		}
		terms.extend((1..waiting).map(|_| Term::And));
		terms
	})
}

fn any_values() -> impl Strategy<Value = Vec<(PropertyId, Value)>> {
	proptest::collection::vec(any_scalar(), 0..4).prop_map(|values| {
		let mut of = std::collections::BTreeMap::new();
		for (id, value) in values {
			of.insert(id, Value::from(value));
		}
		of.into_iter().collect()
	})
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(5_000))]

	/// Whatever the condition and the order: an entity that is wanted is among the candidates.
	#[test]
	fn no_plan_misses_an_entity(
		terms in any_condition(),
		values in any_values(),
		order in proptest::option::of(prop_oneof![
			Just(OrderBy::Id),
			Just(OrderBy::Property(0)),
			Just(OrderBy::Property(1)),
		]),
	) {
		let select = Select {
			order: order.map(|by| Order { by, descending: false }),
			..query(&terms)
		};
		if !wants_of(&select, &Visibility::Visible, &values) {
			return Ok(());
		}
		let all = entity_values(&values);
		let single = |id| all.value(id).and_then(Value::single);
		let found = match planned(&select).expect("a plan").access {
			Access::Nothing => false,
			Access::Unique { property, values } => {
				single(property).is_some_and(|value| values.contains(value))
			},
			Access::Index { property, ranges } => single(property).is_some_and(|value| {
				let key = index_key(value);
				ranges.iter().any(|range| range.from <= key && key <= range.to)
			}),
			Access::Owner { .. } => true,
			Access::Walk { ranges } => ranges == [(0, u32::MAX)],
		};
		prop_assert!(found);
	}

	/// The stretches of an index are in order and apart, as their walk assumes.
	#[test]
	fn stretches_are_apart(terms in any_condition()) {
		if let Access::Index { ranges, .. } = access(&terms) {
			prop_assert!(ranges.iter().all(|range| range.from <= range.to));
			prop_assert!(ranges.windows(2).all(|pair| pair[0].to < pair[1].from));
		}
	}

	/// Bytes of anybody's make neither decoding, checking nor planning fail badly.
	#[test]
	fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
		use codec::Decode;
		if let Ok(select) = Select::decode(&mut bytes.as_slice()) {
			if select.check(&things()).is_ok() {
				let _ = planned(&select);
			}
		}
	}
}
